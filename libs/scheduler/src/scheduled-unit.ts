import type { HaltPolicy, Needs, Priority, SuiteId, UnitId } from '@muster/model'

/** What the scheduler must know of a unit. */
export interface ScheduledUnit {
  readonly id: UnitId
  readonly suite: SuiteId
  /** Suites whose units must all be good first; one that the scheduler doesn't know counts as good. */
  readonly dependsOn: readonly SuiteId[]
  readonly priority: Priority
  /** What it is worth to run it early, ≥ 0. */
  readonly score: number
  /** Expected duration in ms, > 0. */
  readonly estimateMs: number
  /** More than the machine has is cut down to all that it has: such a unit runs alone. */
  readonly needs: Needs
  /** What stops when it ends badly, beyond the suites that depend on its own. */
  readonly halt: HaltPolicy
  /** Depth of its suite: 0 without dependencies. */
  readonly phase: number
  /** Factor on the length of its path where that decides, as found by `rehearse`; 1 without. */
  readonly nudge?: number
}
