import type { Capacity, Objective, UnitId } from '@muster/model'
import { Budget } from './budget.ts'
import { DELAYED, isOpen, type Entry, type EntryState } from './entry.ts'
import { checkEstimate, checkScore } from './new-entry.ts'
import { Agenda } from './order/agenda.ts'
import { pickNext } from './ready/pick-next.ts'
import { Machine } from './resources/machine.ts'
import { Roster } from './roster.ts'
import { RunningUnits } from './running-units.ts'
import type { ScheduledUnit } from './scheduled-unit.ts'
import type { SchedulerCommand } from './scheduler-command.ts'
import { takeSnapshot, type SchedulerSnapshot } from './scheduler-snapshot.ts'

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
  private readonly machine: Machine
  private readonly agenda: Agenda
  private readonly budget: Budget | undefined
  private readonly roster: Roster
  private readonly running: RunningUnits
  private readonly failFast: boolean
  private readonly heldElsewhere = new Set<string>()
  private commands: SchedulerCommand[] = []
  private halted: string | undefined
  /** From this phase on nothing is started any more. */
  private haltedPhase: { readonly phase: number; readonly reason: string } | undefined

  /** @throws RangeError for a capacity without workers */
  constructor({ capacity, objective, failFast, budgetMs }: SchedulerOptions) {
    this.machine = new Machine(capacity)
    this.agenda = new Agenda(budgetMs === undefined ? objective : 'feedback', this.machine.limits)
    this.budget = budgetMs === undefined ? undefined : new Budget(budgetMs)
    this.roster = new Roster(this.agenda, this.budget)
    this.running = new RunningUnits(this.machine)
    this.failFast = failFast
  }

  /**
   * Takes units in; may be called again. Ids that are known are left alone.
   * @throws when an estimate isn't above 0, or suites depend on each other in a circle
   */
  add(units: readonly ScheduledUnit[], nowMs: number): readonly SchedulerCommand[] {
    for (const entry of this.roster.enter(units, this.machine)) this.skipIfHopeless(entry)
    return this.settle(nowMs)
  }

  /** @throws when the unit doesn't run */
  finished(id: UnitId, end: UnitEnd, nowMs: number): readonly SchedulerCommand[] {
    const entry = this.running.end(this.roster.get(id), id)
    if (end === 'bad') entry.suite.failure ??= `${entry.unit.suite} did not pass`
    if (end === 'retry') this.waitAgain(entry, DELAYED)
    else this.roster.answer(entry)
    if (end === 'bad') this.haltAfter(entry)
    return this.settle(nowMs)
  }

  /** Ends the delay of a retry; nothing when it was skipped meanwhile. @throws when the unit isn't delayed */
  wake(id: UnitId, nowMs: number): readonly SchedulerCommand[] {
    const entry = this.roster.get(id)
    if (entry && isOpen(entry)) {
      if (entry.state !== DELAYED) throw new Error(`${id} was woken but not delayed`)
      this.roster.stopWaiting(entry)
      this.waitAgain(entry, this.roster.stateByGates(entry))
    }
    return this.settle(nowMs)
  }

  /**
   * A started unit couldn't get these machine-wide semaphores: it waits again, and no unit that needs one of them is
   * started before they are released.
   * @throws when the unit doesn't run
   */
  refused(id: UnitId, semaphores: readonly string[], nowMs: number): readonly SchedulerCommand[] {
    const entry = this.running.end(this.roster.get(id), id)
    for (const name of semaphores) this.heldElsewhere.add(name)
    this.waitAgain(entry, this.roster.stateByGates(entry))
    return this.settle(nowMs)
  }

  released(semaphores: readonly string[], nowMs: number): readonly SchedulerCommand[] {
    for (const name of semaphores) this.heldElsewhere.delete(name)
    return this.settle(nowMs)
  }

  /** Unknown ids are passed over. Costs O(n log n): for when something was learned, not for the end of each unit. */
  rescore(scores: ReadonlyMap<UnitId, number>, nowMs: number): readonly SchedulerCommand[] {
    for (const [id, score] of scores) {
      const entry = this.roster.get(id)
      if (entry) entry.score = checkScore(id, score)
    }
    this.roster.reorder()
    return this.settle(nowMs)
  }

  /** As `rescore`. What runs is expected to end accordingly. */
  reestimate(estimates: ReadonlyMap<UnitId, number>, nowMs: number): readonly SchedulerCommand[] {
    for (const [id, estimateMs] of estimates) {
      const entry = this.roster.get(id)
      if (entry) this.running.reestimate(entry, checkEstimate(id, estimateMs))
    }
    this.roster.reorder()
    return this.settle(nowMs)
  }

  /** Skips all that waits and stops all that runs, now and in future. Calling it again changes nothing. */
  halt(reason: string, nowMs: number): readonly SchedulerCommand[] {
    this.haltRun(reason)
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

  /** Why the run as a whole is halted, if it is. */
  get haltReason(): string | undefined {
    return this.halted
  }

  /** Nothing waits, is delayed or runs. */
  get isIdle(): boolean {
    return this.roster.open === 0
  }

  /** Something is yet to be started, now or later. */
  get hasMore(): boolean {
    return this.roster.open > this.running.byEnd.length
  }

  snapshot(): SchedulerSnapshot {
    return takeSnapshot(this.roster.all, this.running.byEnd, this.machine, this.heldElsewhere)
  }

  private waitAgain(entry: Entry, state: EntryState): void {
    this.roster.wait(entry, state)
    this.skipIfHopeless(entry)
  }

  /** What comes after a halt, or after what it depends on has failed, isn't started any more. */
  private skipIfHopeless(entry: Entry): void {
    const { unit, gates } = entry
    const failed = gates.find(({ failure }) => failure !== undefined)
    if (this.halted !== undefined) this.skip([entry], this.halted)
    else if (this.haltedPhase && unit.phase >= this.haltedPhase.phase)
      this.skip([entry], this.haltedPhase.reason)
    else if (failed?.failure !== undefined) this.skip([entry], failed.failure)
  }

  private skip(entries: Iterable<Entry>, reason: string, forDependents = reason): void {
    for (const command of this.roster.skip(entries, reason, forDependents)) this.commands.push(command)
  }

  private haltAfter({ unit, suite }: Entry): void {
    const reason = `${unit.suite} did not pass`
    this.skip(suite.dependents, suite.failure ?? reason)
    if (this.failFast) this.haltRun(`fail-fast: ${reason}`)
    else if (unit.halt === 'run') this.haltRun(`run halted: ${reason}`)
    else if (unit.halt === 'phase') this.haltPhase(unit.phase, `phase ${unit.phase + 1} halted: ${reason}`)
  }

  private haltRun(reason: string): void {
    if (this.halted !== undefined) return
    this.halted = reason
    this.skip(this.roster.all, reason)
    for (const { unit } of this.running.byEnd) this.commands.push({ type: 'stop', unit: unit.id, reason })
  }

  /** Later phases build on this one, so they aren't begun either; what waits in earlier ones goes on, and so does what runs. */
  private haltPhase(phase: number, reason: string): void {
    if (this.haltedPhase && this.haltedPhase.phase <= phase) return
    this.haltedPhase = { phase, reason }
    const behind = [...this.roster.all].filter(({ unit }) => unit.phase >= phase)
    this.skip(behind, reason)
  }

  private settle(nowMs: number): readonly SchedulerCommand[] {
    this.keepBudget(nowMs)
    this.running.expectLonger(nowMs)
    const { machine, heldElsewhere } = this
    for (;;) {
      const scene = { lanes: this.agenda.lanes, machine, running: this.running.byEnd, nowMs, heldElsewhere }
      const entry = pickNext(scene)
      if (!entry) break
      this.roster.stopWaiting(entry)
      const slot = this.running.start(entry, nowMs)
      this.commands.push({ type: 'start', unit: entry.unit.id, slot })
    }
    const { commands } = this
    this.commands = []
    return commands
  }

  private keepBudget(nowMs: number): void {
    const { budget } = this
    if (!budget) return
    if (budget.isSpent(nowMs)) this.haltRun(budget.whySpent)
    for (let entry = budget.tooLong(nowMs); entry; entry = budget.tooLong(nowMs)) {
      this.skip([entry], budget.whyNot(entry, nowMs), `${entry.unit.suite} was skipped for want of time`)
    }
  }
}
