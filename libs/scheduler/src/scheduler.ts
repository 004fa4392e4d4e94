import type { UnitId } from '@muster/model'
import { scheduleOrder, type ScheduledUnit } from './schedule-order.ts'

/*
 * Each unit goes through
 *
 *   waiting ──▶ running ──▶ done (good | bad)
 *      └──────▶ skipped
 *
 * `step` is the only way to change the state; it is pure and answers with what to do.
 */
type Phase = 'waiting' | 'running' | 'good' | 'bad' | 'skipped'

interface Entry {
  readonly unit: ScheduledUnit
  readonly phase: Phase
  readonly slot?: number
}

export interface SchedulerState {
  readonly failFast: boolean
  readonly units: ReadonlyMap<UnitId, Entry>
  /** Waiting units, best first. */
  readonly queue: readonly UnitId[]
  readonly freeSlots: readonly number[]
  readonly halted: string | undefined
}

export type SchedulerInput =
  /** Ids that are known already are left as they are. */
  | { readonly type: 'add'; readonly units: readonly ScheduledUnit[] }
  | { readonly type: 'finished'; readonly unit: UnitId; readonly good: boolean }
  /** Starts nothing more, skips what waits and stops what runs. */
  | { readonly type: 'halt'; readonly reason: string }

export type SchedulerCommand =
  | { readonly type: 'start'; readonly unit: UnitId; readonly slot: number }
  | { readonly type: 'skip'; readonly unit: UnitId; readonly reason: string }
  | { readonly type: 'stop'; readonly unit: UnitId; readonly reason: string }

/** @param workers number of slots, at least 1; exactly this many units may run at a time */
export function createScheduler(workers: number, failFast: boolean): SchedulerState {
  const freeSlots = Array.from({ length: workers }, (_, slot) => slot)
  return { failFast, units: new Map(), queue: [], freeSlots, halted: undefined }
}

export function step(
  state: SchedulerState,
  input: SchedulerInput,
): { readonly state: SchedulerState; readonly commands: readonly SchedulerCommand[] } {
  const draft = new Draft(state)
  switch (input.type) {
    case 'add':
      draft.add(input.units)
      break
    case 'finished':
      draft.finish(input.unit, input.good)
      break
    case 'halt':
      draft.halt(input.reason)
      break
  }
  draft.skipBlocked()
  draft.startReady()
  return { state: draft.result(), commands: draft.commands }
}

/** A private copy that one step works on, so that `step` reads as a list of rules and stays pure outside. */
class Draft {
  readonly commands: SchedulerCommand[] = []
  private readonly failFast: boolean
  private readonly units: Map<UnitId, Entry>
  private readonly freeSlots: number[]
  private queue: readonly UnitId[]
  private halted: string | undefined

  constructor(state: SchedulerState) {
    this.failFast = state.failFast
    this.units = new Map(state.units)
    this.freeSlots = [...state.freeSlots]
    this.queue = state.queue
    this.halted = state.halted
  }

  add(units: readonly ScheduledUnit[]): void {
    for (const unit of units) {
      if (!this.units.has(unit.id)) this.units.set(unit.id, { unit, phase: 'waiting' })
    }
    this.queue = scheduleOrder(
      [...this.units.values()].filter((each) => each.phase === 'waiting').map((each) => each.unit),
    )
    if (this.halted !== undefined) this.skipWaiting(this.halted)
  }

  finish(id: UnitId, good: boolean): void {
    const entry = this.units.get(id)
    if (entry?.phase !== 'running' || entry.slot === undefined)
      throw new Error(`${id} finished but was not running`)
    this.freeSlots.push(entry.slot)
    this.units.set(id, { unit: entry.unit, phase: good ? 'good' : 'bad' })
    if (!good && this.failFast) this.halt(`fail-fast: ${id} did not pass`)
  }

  halt(reason: string): void {
    if (this.halted !== undefined) return
    this.halted = reason
    this.skipWaiting(reason)
    for (const [id, entry] of this.units) {
      if (entry.phase === 'running') this.commands.push({ type: 'stop', unit: id, reason })
    }
  }

  /** A unit whose dependency didn't pass is skipped, and so is what depends on it: repeat until nothing changes. */
  skipBlocked(): void {
    let again = true
    while (again) {
      again = false
      for (const id of this.queue) {
        const blocker = this.blockerOf(id)
        if (blocker === undefined) continue
        this.skip(id, `${blocker} did not pass`)
        again = true
      }
    }
  }

  startReady(): void {
    this.freeSlots.sort((a, b) => b - a)
    for (const id of this.queue) {
      if (this.freeSlots.length === 0) return
      const entry = this.units.get(id)
      if (!entry || !entry.unit.dependsOn.every((dependency) => this.isDone(dependency))) continue
      const slot = this.freeSlots.pop()!
      this.units.set(id, { unit: entry.unit, phase: 'running', slot })
      this.queue = this.queue.filter((each) => each !== id)
      this.commands.push({ type: 'start', unit: id, slot })
    }
  }

  result(): SchedulerState {
    const { failFast, units, queue, freeSlots, halted } = this
    return { failFast, units, queue, freeSlots, halted }
  }

  private blockerOf(id: UnitId): UnitId | undefined {
    return this.units.get(id)?.unit.dependsOn.find((dependency) => {
      const phase = this.units.get(dependency)?.phase
      return phase === 'bad' || phase === 'skipped'
    })
  }

  private isDone(id: UnitId): boolean {
    const entry = this.units.get(id)
    return entry === undefined || entry.phase === 'good'
  }

  private skipWaiting(reason: string): void {
    for (const id of this.queue) this.skip(id, reason)
  }

  private skip(id: UnitId, reason: string): void {
    const entry = this.units.get(id)!
    this.units.set(id, { unit: entry.unit, phase: 'skipped' })
    this.queue = this.queue.filter((each) => each !== id)
    this.commands.push({ type: 'skip', unit: id, reason })
  }
}

/** Nothing waits and nothing runs. */
export const isIdle = (state: SchedulerState): boolean =>
  state.queue.length === 0 && ![...state.units.values()].some((each) => each.phase === 'running')
