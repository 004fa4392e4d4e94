import type { Origin, OutputRef, ActualIsolation } from './run-event.ts'
import type { Status } from './outcome.ts'
import type { SuiteKind } from './suite.ts'
import type { Counts, TestCase } from './test-case.ts'

/** Raised when a reader of an older version could misread the record. */
export const RUN_RECORD_VERSION = 1

/**
 * `passed`: every suite passed, really or from the cache. `failed`: a suite failed, timed out, crashed
 * or had no tests. `error`: no test failed, but something could not be run. `aborted`: stopped before the end.
 */
export type Verdict = 'passed' | 'failed' | 'error' | 'aborted'

export interface AttemptRecord {
  readonly ordinal: number
  readonly worker: number
  readonly isolation: ActualIsolation
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly durationMs: number
  readonly status: Status
  readonly superseded?: string
}

export interface SuiteRecord {
  readonly name: string
  readonly kind: SuiteKind
  readonly status: Status
  /** One line for people when the status isn't `passed`. */
  readonly message?: string
  readonly cached: boolean
  /** Where a cached result was really executed; null when it ran in this run. */
  readonly from: Origin | null
  readonly hash: string | null
  /** Number of test cases: passed + failed + skipped. */
  readonly tests: number
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly flaky: number
  readonly durationMs: number
  readonly slow: boolean
  readonly dependsOn: readonly string[]
  readonly reproduce?: string
  readonly stdout?: OutputRef
  readonly stderr?: OutputRef
  readonly attempts: readonly AttemptRecord[]
  readonly cases: readonly TestCase[]
}

/** What a run was, for other programs; written as `run.json`. */
export interface RunRecord {
  readonly version: typeof RUN_RECORD_VERSION
  readonly runId: string
  readonly workspace: string
  readonly command: string
  readonly muster: string
  readonly node: string
  readonly platform: string
  readonly workers: number
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly finishedAt: number
  /** False when the run was cut off: what is here was finished before. */
  readonly complete: boolean
  readonly verdict: Verdict
  readonly totals: Counts & { readonly suites: number }
  readonly notes: readonly {
    readonly level: 'info' | 'warning'
    readonly suite?: string
    readonly message: string
  }[]
  readonly suites: readonly SuiteRecord[]
}
