import type { Capacity, Objective, UnitId } from '@muster/model'
import { Budget } from './budget.ts'
import { BLOCKED, DELAYED, DONE, isOpen, isWaiting, READY, type Entry, type EntryState } from './entry.ts'
import { Agenda } from './order/agenda.ts'
import { pickNext } from './ready/pick-next.ts'
import { Machine } from './resources/machine.ts'
import { RunningUnits } from './running-units.ts'
import type { ScheduledUnit } from './scheduled-unit.ts'
import type { SchedulerCommand } from './scheduler-command.ts'
import { takeSnapshot, type SchedulerSnapshot } from './scheduler-snapshot.ts'
import { isGood, SuiteTable } from './suite-table.ts'

export interface SchedulerOptions {
  readonly capacity: Capacity
  readonly objective: Objective
  /** A unit that ends badly halts the run. */
  readonly failFast: boolean
  /**
   * The run ends after this time: a unit starts only if by its estimate it ends before, the most valuable first
   * (whatever the objective), and what still runs then is stopped.
   */
  readonly budgetMs?: number
}

/** `retry` leaves the unit unanswered: it takes part again when it is woken. */
export type UnitEnd = 'good' | 'bad' | 'retry'

/**
 * Decides which unit starts when, on a machine with limits. Has no clock and does nothing by itself: whoever drives it
 * says what happened and gets told what to do. Times are milliseconds of the run's time, from 0, never going back. The
 * same calls give the same commands.
 *
 * Each unit is answered exactly once: by `finished` with good or bad, or by a `skip` command.
 */
export class Scheduler {
  private readonly entries = new Map<UnitId, Entry>()
  private readonly suites = new SuiteTable()
  private readonly heldElsewhere = new Set<string>()
  private readonly machine: Machine
  private readonly running: RunningUnits
  private readonly agenda: Agenda
  private readonly failFast: boolean
  private readonly budget: Budget | undefined
  private readonly commands: SchedulerCommand[] = []
  private unanswered = 0
  private halted: string | undefined
  /** From this phase on nothing is started any more. */
  private haltedPhase: { readonly phase: number; readonly reason: string } | undefined

  /** @throws RangeError for a capacity without workers */
  constructor({ capacity, objective, failFast, budgetMs }: SchedulerOptions) {
    this.machine = new Machine(capacity)
    this.running = new RunningUnits(this.machine)
    this.agenda = new Agenda(budgetMs === undefined ? objective : 'feedback', this.machine.limits)
    this.failFast = failFast
    this.budget = budgetMs === undefined ? undefined : new Budget(budgetMs)
  }

  /**
   * Takes units in; may be called again. Ids that are known are left alone.
   * @throws when an estimate isn't above 0, or suites depend on each other in a circle
   */
  add(units: readonly ScheduledUnit[], nowMs: number): readonly SchedulerCommand[] {
    const fresh = units.filter(({ id }) => !this.entries.has(id)).map((unit) => this.enter(unit))
    for (const entry of this.entries.values()) {
      if (entry.state.type === 'blocked' || entry.state.type === 'ready') entry.state = this.stateByGates(entry)
    }
    this.reorder()
    for (const entry of fresh) {
      const reason = this.whySkipped(entry)
      if (reason !== undefined) this.skip([entry], reason)
    }
    return this.settle(nowMs)
  }

  /** @throws when the unit doesn't run */
  finished(id: UnitId, end: UnitEnd, nowMs: number): readonly SchedulerCommand[] {
    const entry = this.running.end(this.entries.get(id), id)
    if (end === 'retry') this.waitAgain(entry, DELAYED)
    else this.answer(entry)
    if (end === 'bad') this.failed(entry)
    return this.settle(nowMs)
  }

  /** @throws when the unit isn't delayed; one that was skipped meanwhile is fine */
  wake(id: UnitId, nowMs: number): readonly SchedulerCommand[] {
    const entry = this.entries.get(id)
    if (entry === undefined || (isOpen(entry) && entry.state.type !== 'delayed')) throw new Error(`${id} woken but was not delayed`)
    if (isOpen(entry)) {
      this.stopWaiting(entry)
      this.waitAgain(entry, this.stateByGates(entry))
    }
    return this.settle(nowMs)
  }

  /**
   * A started unit couldn't get these machine-wide semaphores: it waits again, and no unit that needs one of them is
   * started before they are released.
   * @throws when the unit doesn't run
   */
  refused(id: UnitId, semaphores: readonly string[], nowMs: number): readonly SchedulerCommand[] {
    const entry = this.running.end(this.entries.get(id), id)
    for (const name of semaphores) this.heldElsewhere.add(name)
    this.waitAgain(entry, this.stateByGates(entry))
    return this.settle(nowMs)
  }

  released(semaphores: readonly string[], nowMs: number): readonly SchedulerCommand[] {
    for (const name of semaphores) this.heldElsewhere.delete(name)
    return this.settle(nowMs)
  }

  /** Unknown ids are passed over. Costs O(n log n), so call it when something was learned, not for each unit. */
  rescore(scores: ReadonlyMap<UnitId, number>, nowMs: number): readonly SchedulerCommand[] {
    for (const [id, score] of scores) {
      const entry = this.entries.get(id)
      if (entry) entry.score = score
    }
    this.reorder()
    return this.settle(nowMs)
  }

  /** As `rescore`. What runs is expected to end accordingly. */
  reestimate(estimates: ReadonlyMap<UnitId, number>, nowMs: number): readonly SchedulerCommand[] {
    for (const [id, estimateMs] of estimates) {
      const entry = this.entries.get(id)
      if (entry) this.running.reestimate(entry, checkEstimate(id, estimateMs))
    }
    this.reorder()
    return this.settle(nowMs)
  }

  /** Skips all that waits and stops all that runs, now and in future. Calling it again changes nothing. */
  halt(reason: string, nowMs: number): readonly SchedulerCommand[] {
    this.haltAll(reason)
    return this.settle(nowMs)
  }

  /** To be called at `deadlineMs`. */
  tick(nowMs: number): readonly SchedulerCommand[] {
    return this.settle(nowMs)
  }

  /** When the budget is spent, in the run's time; undefined without one. */
  get deadlineMs(): number | undefined {
    return this.budget?.endMs
  }

  /** Nothing waits, is delayed or runs. */
  get isIdle(): boolean {
    return this.unanswered === 0
  }

  snapshot(): SchedulerSnapshot {
    return takeSnapshot(this.entries.values(), this.running.byEnd, this.machine, this.heldElsewhere)
  }

  private enter(unit: ScheduledUnit): Entry {
    const entry: Entry = {
      unit,
      claim: this.machine.claimOf(unit.needs),
      suite: this.suites.of(unit.suite),
      gates: [...new Set(unit.dependsOn)].map((id) => this.suites.of(id)),
      state: BLOCKED,
      score: unit.score,
      estimateMs: checkEstimate(unit.id, unit.estimateMs),
      pathMs: 0,
      key: 0,
      urgent: false,
      passes: 0,
      endMs: 0,
    }
    this.entries.set(unit.id, entry)
    this.suites.enter(entry)
    this.unanswered++
    return entry
  }

  private stateByGates(entry: Entry): EntryState {
    return entry.gates.every(isGood) ? READY : BLOCKED
  }

  /** Why a unit that comes now can't run any more. */
  private whySkipped({ unit, gates }: Entry): string | undefined {
    if (this.halted !== undefined) return this.halted
    if (this.haltedPhase && unit.phase >= this.haltedPhase.phase) return this.haltedPhase.reason
    return gates.find(({ failure }) => failure !== undefined)?.failure
  }

  private reorder(): void {
    this.agenda.reorder(this.suites)
    this.budget?.replaceAll([...this.entries.values()].filter(isWaiting))
  }

  private waitAgain(entry: Entry, state: EntryState): void {
    entry.state = state
    this.agenda.await(entry)
    this.budget?.add(entry)
    if (state === READY) this.agenda.addReady(entry)
    const reason = this.whySkipped(entry)
    if (reason !== undefined) this.skip([entry], reason)
  }

  private stopWaiting(entry: Entry): void {
    if (entry.state === READY) this.agenda.removeReady(entry)
    this.agenda.leave(entry)
    this.budget?.remove(entry)
  }

  private answer(entry: Entry): void {
    const { suite } = entry
    entry.state = DONE
    suite.open--
    this.unanswered--
    if (!isGood(suite)) return
    for (const dependent of suite.dependents) {
      if (dependent.state !== BLOCKED || this.stateByGates(dependent) === BLOCKED) continue
      dependent.state = READY
      this.agenda.addReady(dependent)
    }
  }

  /**
   * Skips those of the entries that wait, and all that depends on them. `forDependents` is their reason: they are told the
   * cause, not the last link of the chain.
   */
  private skip(entries: Iterable<Entry>, reason: string, forDependents = reason): void {
    const list = [...entries]
    const direct = list.length
    // The list grows while it is walked.
    for (const [index, entry] of list.entries()) {
      if (!isWaiting(entry)) continue
      const { unit, suite } = entry
      this.stopWaiting(entry)
      this.commands.push({
        type: 'skip',
        unit: unit.id,
        suite: unit.suite,
        reason: index < direct ? reason : forDependents,
      })
      const isNews = suite.failure === undefined
      suite.failure ??= forDependents
      this.answer(entry)
      if (isNews) for (const dependent of suite.dependents) list.push(dependent)
    }
  }

  private failed({ unit, suite }: Entry): void {
    const reason = `${unit.suite} did not pass`
    suite.failure ??= reason
    this.skip(suite.dependents, suite.failure)
    if (this.failFast) this.haltAll(`fail-fast: ${reason}`)
    else if (unit.halt === 'run') this.haltAll(`run halted: ${reason}`)
    else if (unit.halt === 'phase') this.haltPhase(unit.phase, `phase ${unit.phase + 1} halted: ${reason}`)
  }

  private haltAll(reason: string): void {
    if (this.halted !== undefined) return
    this.halted = reason
    this.skip(this.entries.values(), reason)
    for (const { unit } of this.running.byEnd) this.commands.push({ type: 'stop', unit: unit.id, reason })
  }

  /** Later phases build on this one, so they aren't begun either; earlier ones, which don't, go on, and so does what runs. */
  private haltPhase(phase: number, reason: string): void {
    if (this.haltedPhase && this.haltedPhase.phase <= phase) return
    this.haltedPhase = { phase, reason }
    const behind = [...this.entries.values()].filter(({ unit }) => unit.phase >= phase)
    this.skip(behind, reason)
  }

  private settle(nowMs: number): readonly SchedulerCommand[] {
    this.keepBudget(nowMs)
    this.running.expectLonger(nowMs)
    for (;;) {
      const entry = pickNext({
        lanes: this.agenda.lanes,
        machine: this.machine,
        running: this.running.byEnd,
        nowMs,
        heldElsewhere: this.heldElsewhere,
      })
      if (!entry) break
      this.stopWaiting(entry)
      const slot = this.running.start(entry, nowMs)
      this.commands.push({ type: 'start', unit: entry.unit.id, slot })
    }
    return this.commands.splice(0)
  }

  private keepBudget(nowMs: number): void {
    const { budget } = this
    if (!budget) return
    if (budget.isSpent(nowMs)) this.haltAll(budget.whySpent)
    for (let entry = budget.tooLong(nowMs); entry; entry = budget.tooLong(nowMs)) {
      this.skip([entry], budget.whyNot(entry, nowMs), `${entry.unit.suite} was skipped for want of time`)
    }
  }
}

function checkEstimate(id: UnitId, ms: number): number {
  if (!(ms > 0 && ms < Number.POSITIVE_INFINITY)) throw new RangeError(`${id}: an estimate of ${ms} ms`)
  return ms
}
