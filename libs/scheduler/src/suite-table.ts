import type { SuiteId } from '@muster/model'
import { isOpen, type Entry } from './entry.ts'

/** What is known of a suite; also of one that is only named as a dependency and has no units (yet). */
export interface SuiteState {
  readonly id: SuiteId
  readonly entries: Entry[]
  /** Entries that have it as a gate. */
  readonly dependents: Entry[]
  /** Entries that aren't answered yet. */
  open: number
  /** Why nothing that depends on it can run; undefined while it may still become good. */
  failure: string | undefined
  /** From the end of its last unit to the end of the longest chain behind it, ms. */
  afterMs: number
}

export class SuiteTable {
  private readonly suites = new Map<SuiteId, SuiteState>()

  get all(): Iterable<SuiteState> {
    return this.suites.values()
  }

  of(id: SuiteId): SuiteState {
    const known = this.suites.get(id)
    if (known) return known
    const fresh = { id, entries: [], dependents: [], open: 0, failure: undefined, afterMs: 0 }
    this.suites.set(id, fresh)
    return fresh
  }

  enter(entry: Entry): void {
    entry.suite.entries.push(entry)
    if (isOpen(entry)) entry.suite.open++
    for (const gate of entry.gates) gate.dependents.push(entry)
  }
}

/** All units of it are good, or it has none here. */
export const isGood = (suite: SuiteState): boolean => suite.open === 0 && suite.failure === undefined
