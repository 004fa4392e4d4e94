import type { CoverageRecord, CoverageSummary } from './coverage.ts'
import type { AttemptId, RunId, SuiteId, UnitId } from './ids.ts'
import type { BaselineComparison, Measurement } from './measurement.ts'
import type { Outcome } from './outcome.ts'
import type { Capacity, Usage } from './resources.ts'
import type { Objective, Score } from './score.ts'
import type { Priority, SuiteKind } from './suite.ts'
import type { Counts, TestCase } from './test-case.ts'

export const RUN_EVENT_VERSION = 2

/**
 * Everything that happens in a run, in the one order the dispatcher gave it. Plain JSON: what is live,
 * what the journal holds and what a replay reads are the same. No aggregates and no display policy here;
 * those are folds over events.
 */
export type RunEvent = {
  readonly v: typeof RUN_EVENT_VERSION
  readonly runId: RunId
  /** 0, 1, 2, … without gaps. */
  readonly seq: number
  /** Milliseconds since the Unix epoch, never decreasing within a run. */
  readonly at: number
} & RunEventBody

/** A capture of one stream, stored beside the journal under its hash (`outputs/<sha256>`). */
export interface OutputRef {
  readonly sha256: string
  /** Bytes stored. */
  readonly bytes: number
  /** Bytes that the process wrote; larger than `bytes` when the middle was cut out. */
  readonly totalBytes: number
}

/** Where a result that was not executed in this run comes from. */
export interface Origin {
  readonly runId: RunId
  /** When it was executed, milliseconds since the epoch. */
  readonly at: number
  /** `nx-cache`: Nx restored it. `journal`: an earlier run finished it but was stopped before Nx could keep it. */
  readonly source: 'nx-cache' | 'journal'
}

export interface PlannedSuite {
  readonly suite: SuiteId
  readonly kind: SuiteKind
  /** Suites of this run that must pass first. */
  readonly dependsOn: readonly SuiteId[]
  /** Nx's task id, `project:target`. */
  readonly task: string
  readonly priority: Priority
  /** Depth in the graph, 0-based; what has the same phase doesn't wait for each other. */
  readonly phase: number
  /** What its parts are expected to take together, milliseconds. */
  readonly estimateMs: number
  readonly score: Score
}

export type ActualIsolation = 'process' | 'thread' | 'none'

export type RunEventBody =
  | {
      readonly kind: 'run-started'
      readonly workspace: string
      /** What the user typed, as far as we know it. */
      readonly command: string
      readonly muster: string
      readonly node: string
      readonly platform: string
      readonly workers: number
      readonly failFast: boolean
      readonly objective: Objective
      /** The run's time budget, milliseconds. */
      readonly budgetMs?: number
      readonly capacity: Capacity
      /** Machines of one class are taken to be equally fast. */
      readonly machine: string
    }
  /** May come more than once: Nx hands out tasks in slices. Each suite is planned once. */
  | {
      readonly kind: 'plan-ready'
      readonly suites: readonly PlannedSuite[]
    }
  /** The task's content hash, known after planning because Nx doesn't hand it over. */
  | { readonly kind: 'suite-hashed'; readonly suite: SuiteId; readonly hash: string }
  | { readonly kind: 'suite-skipped'; readonly suite: SuiteId; readonly reason: string }
  | {
      readonly kind: 'suite-cached'
      readonly suite: SuiteId
      readonly suiteKind: SuiteKind
      readonly hash: string
      readonly origin: Origin
      readonly counts: Counts
      readonly durationMs: number
      /** The cases, by content, in the run's `outputs/`. */
      readonly cases: OutputRef
      /** Of a suite that measures, when it was executed. */
      readonly measurement?: Measurement
    }
  /** A cache hit that can't be believed; the suite is run again. */
  | { readonly kind: 'cache-rejected'; readonly suite: SuiteId; readonly reason: string }
  /** All units of a suite are queued before the first of them starts. */
  | {
      readonly kind: 'unit-queued'
      readonly unit: UnitId
      readonly suite: SuiteId
      readonly estimateMs: number
      readonly shard?: { readonly index: number; readonly of: number }
      /** Workspace-relative, when the unit is a part of the suite's files. */
      readonly files?: readonly string[]
    }
  /** What is known now weighs differently: inputs that changed, failures seen in this run. */
  | { readonly kind: 'suite-rescored'; readonly suite: SuiteId; readonly score: Score }
  /** Set-up or tear-down of a suite that is split; else they are part of the attempt. */
  | {
      readonly kind: 'suite-step-finished'
      readonly suite: SuiteId
      readonly step: 'set-up' | 'tear-down'
      readonly durationMs: number
      readonly problem?: string
    }
  | {
      readonly kind: 'attempt-started'
      readonly attempt: AttemptId
      readonly unit: UnitId
      readonly suite: SuiteId
      /** Slot number, 0-based. */
      readonly worker: number
      readonly isolation: ActualIsolation
      /** A command that repeats this attempt by hand, from the workspace root. */
      readonly reproduce: string
    }
  | { readonly kind: 'case-finished'; readonly attempt: AttemptId; readonly case: TestCase }
  | {
      readonly kind: 'output-captured'
      readonly attempt: AttemptId
      readonly stream: 'stdout' | 'stderr'
      readonly output: OutputRef
    }
  | { readonly kind: 'attempt-slow'; readonly attempt: AttemptId; readonly afterMs: number }
  | {
      readonly kind: 'attempt-finished'
      readonly attempt: AttemptId
      readonly outcome: Outcome
      readonly durationMs: number
      /** Set when this attempt's verdict is not the unit's, with the reason (thread fell back to a process). */
      readonly superseded?: string
      readonly usage?: Usage
    }
  /** The attempt didn't pass and another one follows; the unit waits without holding a worker. */
  | {
      readonly kind: 'retry-scheduled'
      readonly unit: UnitId
      readonly suite: SuiteId
      readonly attempt: AttemptId
      readonly delayMs: number
      /** "1 of 2". */
      readonly reason: string
    }
  /** The unit's verdict. Exactly one for every unit that was queued, whatever died. */
  | {
      readonly kind: 'unit-finished'
      readonly unit: UnitId
      readonly suite: SuiteId
      readonly outcome: Outcome
    }
  /** What a suite measured in this attempt; its test cases carry their own metrics. */
  | { readonly kind: 'suite-measured'; readonly attempt: AttemptId; readonly measurement: Measurement }
  /** Everything that a suite measured, held against its committed baseline, once for each run. */
  | {
      readonly kind: 'baseline-compared'
      readonly suite: SuiteId
      readonly comparisons: readonly BaselineComparison[]
    }
  /** What a suite covers; comes before its last `unit-finished` or its `suite-cached`. */
  | {
      readonly kind: 'coverage-collected'
      readonly suite: SuiteId
      readonly summary: CoverageSummary
      /** All files of it, by content, in the run's `outputs/`. */
      readonly data: OutputRef
    }
  /** What the run's suites cover together; comes once, at the end. */
  | ({ readonly kind: 'coverage-merged' } & CoverageRecord)
  /** What the run's processes keep busy together, every two seconds. */
  | { readonly kind: 'load-sampled'; readonly cpus: number; readonly memoryBytes: number }
  | {
      readonly kind: 'note'
      readonly level: 'info' | 'warning'
      readonly suite?: SuiteId
      readonly message: string
    }
  | { readonly kind: 'run-halted'; readonly reason: string }
  | { readonly kind: 'run-finished'; readonly reason?: string }

export type RunEventKind = RunEventBody['kind']
