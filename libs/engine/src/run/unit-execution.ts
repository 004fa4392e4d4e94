import type { ActualIsolation, Measurement, Suite, TestCase, WorkUnit } from '@muster/model'
import type { AttemptEnd } from '@muster/workers'
import type { SharedSteps } from './shared-steps.ts'

export interface FinishedAttempt {
  readonly isolation: ActualIsolation
  readonly end: AttemptEnd
  readonly cases: readonly TestCase[]
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** Absolute; what it covers lies there. */
  readonly coverageDir?: string
  /** Of a suite that measures. */
  readonly measurement?: Measurement
  /** Why its verdict is not the unit's. */
  readonly superseded?: string
}

/** One unit on its way through the run: what it is, and the attempts that were made at it, retries included. */
export interface UnitExecution {
  readonly suite: Suite
  readonly unit: WorkUnit
  /** Results of an earlier run that this one doesn't make again. */
  readonly carried: readonly TestCase[]
  readonly attempts: FinishedAttempt[]
  /** Of a suite with several units, which share set-up and tear-down. */
  readonly steps?: SharedSteps
}
