import type { ScheduledUnit } from './scheduled-unit.ts'
import type { Claim } from './resources/claim.ts'
import type { SuiteState } from './suite-table.ts'

/*
 * Each unit goes through
 *
 *              all gates good            picked
 *    blocked ─────────────────▶ ready ──────────▶ running ──▶ done  (good | bad)
 *       ▲                       ▲  ▲   refused       │ │
 *       └───────────────────────┘  └─────────────────┘ │ retry
 *        a gate got new units   │                      ▼
 *                               └────────────────── delayed
 *                                       wake
 *
 * and from blocked, ready and delayed to done when it is skipped. A gate is a suite it depends on.
 */
export type EntryState =
  | { readonly type: 'blocked' | 'ready' | 'delayed' | 'done' }
  | { readonly type: 'running'; readonly slot: number; readonly startMs: number }

export const BLOCKED: EntryState = { type: 'blocked' }
export const READY: EntryState = { type: 'ready' }
export const DELAYED: EntryState = { type: 'delayed' }
export const DONE: EntryState = { type: 'done' }

/** A unit and what the scheduler knows of it by now. */
export interface Entry {
  readonly unit: ScheduledUnit
  readonly claim: Claim
  readonly suite: SuiteState
  /** The suites it depends on, each once. */
  readonly gates: readonly SuiteState[]
  state: EntryState
  score: number
  estimateMs: number
  /** From its start to the end of the longest chain behind it. */
  pathMs: number
  /** Larger goes first; what it measures is the objective's. */
  key: number
  /** Goes before all that isn't: the end of the run waits for it. */
  urgent: boolean
  /** Times that a unit which ranks lower has taken what this one lacked. */
  passes: number
  /** When it is expected to end, in the run's time; kept while it runs. */
  endMs: number
}

export const isOpen = (entry: Entry): boolean => entry.state.type !== 'done'

/** Neither running nor answered. */
export const isWaiting = ({ state }: Entry): boolean => state.type !== 'done' && state.type !== 'running'
