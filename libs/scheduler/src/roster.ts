import type { UnitId } from '@muster/model'
import type { Budget } from './budget.ts'
import { BLOCKED, DONE, isWaiting, READY, type Entry, type EntryState } from './entry.ts'
import type { Agenda } from './order/agenda.ts'
import { newEntry } from './new-entry.ts'
import type { Machine } from './resources/machine.ts'
import type { ScheduledUnit } from './scheduled-unit.ts'
import type { SchedulerCommand } from './scheduler-command.ts'
import { isGood, SuiteTable } from './suite-table.ts'

/** All units, what each waits for, and whether it is answered. */
export class Roster {
  /** Not answered yet. */
  open = 0
  private readonly entries = new Map<UnitId, Entry>()
  private readonly suites = new SuiteTable()
  private readonly agenda: Agenda
  private readonly budget: Budget | undefined

  constructor(agenda: Agenda, budget: Budget | undefined) {
    this.agenda = agenda
    this.budget = budget
  }

  get all(): Iterable<Entry> {
    return this.entries.values()
  }

  get(id: UnitId): Entry | undefined {
    return this.entries.get(id)
  }

  /** Units that are known are left alone. @returns the others */
  enter(units: readonly ScheduledUnit[], machine: Machine): readonly Entry[] {
    const fresh: Entry[] = []
    for (const unit of units) {
      if (this.entries.has(unit.id)) continue
      const entry = newEntry(unit, machine, this.suites)
      this.entries.set(unit.id, entry)
      this.suites.enter(entry)
      fresh.push(entry)
    }
    if (fresh.length === 0) return fresh
    this.open += fresh.length
    // New units may belong to suites that others thought were good.
    for (const entry of this.all) {
      if (entry.state === BLOCKED || entry.state === READY) entry.state = this.stateByGates(entry)
    }
    this.reorder()
    return fresh
  }

  /** After scores or estimates changed. */
  reorder(): void {
    this.agenda.reorder(this.suites)
    this.budget?.replaceAll([...this.all].filter(isWaiting))
  }

  stateByGates({ gates }: Entry): EntryState {
    return gates.every(isGood) ? READY : BLOCKED
  }

  wait(entry: Entry, state: EntryState): void {
    entry.state = state
    this.agenda.await(entry)
    this.budget?.add(entry)
    if (state === READY) this.agenda.addReady(entry)
  }

  stopWaiting(entry: Entry): void {
    if (entry.state === READY) this.agenda.removeReady(entry)
    this.agenda.leave(entry)
    this.budget?.remove(entry)
  }

  /** It neither waits nor runs any more. */
  answer(entry: Entry): void {
    const { suite } = entry
    entry.state = DONE
    suite.open--
    this.open--
    if (!isGood(suite)) return
    for (const dependent of suite.dependents) {
      if (dependent.state !== BLOCKED || this.stateByGates(dependent) === BLOCKED) continue
      dependent.state = READY
      this.agenda.addReady(dependent)
    }
  }

  /**
   * Skips those of the entries that wait, and all that depends on them. `forDependents` is their reason: they are told
   * the cause, not the last link of the chain.
   */
  skip(entries: Iterable<Entry>, reason: string, forDependents = reason): SchedulerCommand[] {
    const list = [...entries]
    const direct = list.length
    const commands: SchedulerCommand[] = []
    // The list grows while it is walked.
    for (const [index, entry] of list.entries()) {
      if (!isWaiting(entry)) continue
      const { unit, suite } = entry
      const why = index < direct ? reason : forDependents
      const isNews = suite.failure === undefined
      this.stopWaiting(entry)
      suite.failure ??= forDependents
      this.answer(entry)
      commands.push({ type: 'skip', unit: unit.id, suite: unit.suite, reason: why })
      if (isNews) for (const dependent of suite.dependents) list.push(dependent)
    }
    return commands
  }
}
