import type { Origin, OutputRef, ActualIsolation } from './run-event.ts'
import type { BaselineComparison, Measurement } from './measurement.ts'
import type { CoverageRecord, CoverageSummary } from './coverage.ts'
import type { Status } from './outcome.ts'
import type { Capacity, Usage } from './resources.ts'
import type { Objective, Score } from './score.ts'
import type { Priority, SuiteKind } from './suite.ts'
import type { Counts, TestCase } from './test-case.ts'

/** Raised when a reader of an older version could misread the record. */
export const RUN_RECORD_VERSION = 2

/**
 * `passed`: every suite passed, really or from the cache. `failed`: a suite failed, timed out, crashed
 * or had no tests. `error`: no test failed, but something could not be run. `aborted`: stopped before the end, or
 * suites were left out (a time budget).
 */
export type Verdict = 'passed' | 'failed' | 'error' | 'aborted'

export interface AttemptRecord {
  /** The suite's name, or `name#2/5` for a shard. */
  readonly unit: string
  readonly ordinal: number
  readonly worker: number
  readonly isolation: ActualIsolation
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly durationMs: number
  readonly status: Status
  readonly superseded?: string
  readonly usage?: Usage
  readonly stdout?: OutputRef
  readonly stderr?: OutputRef
}

export interface UnitRecord {
  readonly id: string
  readonly estimateMs: number
  readonly shard?: { readonly index: number; readonly of: number }
  readonly files?: readonly string[]
  readonly status: Status
  readonly message?: string
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
  readonly quarantined: number
  readonly notRerun: number
  /** Of a split suite: its units' times together. */
  readonly durationMs: number
  readonly slow: boolean
  /** It passed, but only after an attempt that did not; flaky, whether or not a test case of its own shows it. */
  readonly unstable: boolean
  readonly dependsOn: readonly string[]
  readonly reproduce?: string
  /** Null for what was answered from a cache without being planned. */
  readonly plan: SuitePlan | null
  readonly units: readonly UnitRecord[]
  readonly attempts: readonly AttemptRecord[]
  readonly cases: readonly TestCase[]
  /** Of a suite that passed and whose coverage is collected. */
  readonly coverage?: CoverageSummary & { readonly data: OutputRef }
  /** Of a suite that measures. */
  readonly measurement?: Measurement
  /** With its baseline; of a suite that measures and has passed. */
  readonly comparisons?: readonly BaselineComparison[]
}

export interface SuitePlan {
  readonly priority: Priority
  readonly phase: number
  readonly estimateMs: number
  readonly score: Score
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
  readonly machine: string
  readonly objective: Objective
  readonly budgetMs?: number
  readonly capacity: Capacity
  /** Share of the workers' time in which they ran something, 0 to 1. */
  readonly utilisation: number
  /** Of all its processes together, as far as it was sampled. */
  readonly load?: { readonly averageCpus: number; readonly peakMemoryBytes: number }
  /** Why the run was halted, when it was. */
  readonly halted?: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly finishedAt: number
  /** False when the run was cut off: what is here was finished before. */
  readonly complete: boolean
  readonly verdict: Verdict
  readonly totals: Counts & { readonly suites: number }
  /** What its suites cover together, where one collects coverage. */
  readonly coverage?: CoverageRecord
  readonly notes: readonly {
    readonly level: 'info' | 'warning'
    readonly suite?: string
    readonly message: string
  }[]
  readonly suites: readonly SuiteRecord[]
}
