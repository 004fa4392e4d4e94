import type {
  ActualIsolation,
  CaseStatus,
  Counts,
  Objective,
  Origin,
  RunRecord,
  Status,
  SuiteKind,
  Verdict,
} from '@muster/model'

/** Names a run's place in time: newest first by start, then by id. */
export type RunCursor = Pick<RunRecord, 'runId' | 'startedAt'>

/** A run without its suites. Times in milliseconds since the epoch. */
export interface RunSummary {
  readonly runId: string
  readonly workspace: string
  readonly command: string
  readonly muster: string
  readonly node: string
  readonly platform: string
  readonly workers: number
  readonly startedAt: number
  readonly finishedAt: number
  readonly complete: boolean
  readonly verdict: Verdict
  readonly totals: RunRecord['totals']
  /** Class of the machine; empty for runs of before it was recorded. */
  readonly machine: string
  readonly objective: Objective
  /** 0 to 1; null for runs of before it was recorded. */
  readonly utilisation: number | null
  readonly halted: string | null
}

/** One suite in one run. */
export interface SuiteEntry {
  readonly runId: string
  /** When the run started. */
  readonly startedAt: number
  readonly kind: SuiteKind
  readonly status: Status
  readonly message: string | null
  /** True: not executed in this run; `origin` says where it was. */
  readonly cached: boolean
  readonly origin: Origin | null
  readonly hash: string | null
  /** Of the attempt that decided; null when none was made. */
  readonly isolation: ActualIsolation | null
  readonly durationMs: number
  readonly slow: boolean
  /** It passed, but only after an attempt that did not. */
  readonly unstable: boolean
  readonly counts: Counts
  /** What the plan said of it; null when it wasn't planned. */
  readonly estimateMs: number | null
  readonly score: number | null
  /** Parts that it was run in; 0 when nothing was executed. */
  readonly units: number
  /** Superseded ones aren't counted. */
  readonly attempts: number
  /** Of the unit that used most; null when nobody looked. */
  readonly peakMemoryBytes: number | null
  /** Of all attempts together. */
  readonly cpuMs: number | null
}

/** One execution of a test case. Cached suites have none: their cases were executed in the run they come from. */
export interface CaseEntry {
  readonly runId: string
  readonly startedAt: number
  /** Null when the result format didn't say. */
  readonly file: string | null
  readonly status: CaseStatus
  readonly durationMs: number
  /** Executions inside the attempt; above 1 the runner retried it. */
  readonly attempts: number
  readonly hook: boolean
  /** The failure's message, cut to `MESSAGE_LIMIT` characters; of a pass after a failure, that failure's. */
  readonly message: string | null
  /** A failure that didn't count. */
  readonly quarantined: boolean
  /** Of the suite's task. */
  readonly hash: string | null
}

/** A test case over several runs. Numbers are of really executed runs. */
export interface CaseSummary {
  /** Full name. */
  readonly name: string
  readonly file: string | null
  readonly executions: number
  /** Runs in which it failed in the end. */
  readonly failures: number
  /** Runs in which it passed after a failure. */
  readonly retried: number
  readonly lastStatus: CaseStatus
  /** Start of the run that executed it last. */
  readonly lastAt: number
  /** Mean of its passes; null when there is none. */
  readonly durationMs: number | null
}

/** How a suite ended when it was really executed. */
export interface SuiteResult {
  readonly runId: string
  /** Start of the run. */
  readonly at: number
  readonly status: Status
  /** Full names of the cases that failed and count, sorted, each once. */
  readonly failedCases: readonly string[]
}

/** How long a suite took when it was really executed and passed. */
export interface DurationSample {
  readonly runId: string
  readonly startedAt: number
  /** Of a split suite: its units' times together. */
  readonly durationMs: number
  readonly platform: string
  /** Class of the machine; empty for runs of before it was recorded. */
  readonly machine: string
  /** Parallel slots of that run: durations under load are longer. */
  readonly workers: number
  readonly isolation: ActualIsolation | null
  /** Of all attempts together; null, as the next two, when nobody looked. */
  readonly cpuMs: number | null
  /** Of the attempt that used most. */
  readonly averageCpus: number | null
  readonly peakMemoryBytes: number | null
}

/** One metric of one benchmark over the runs that really executed it; a changed unit begins another series. */
export interface MetricSeries {
  /** Full name of the test case; empty: the suite as a whole. */
  readonly benchmark: string
  readonly metric: string
  readonly unit: string
  readonly better: 'lower' | 'higher'
  readonly points: readonly MetricPoint[]
}

export interface MetricPoint {
  readonly runId: string
  /** Of the run. */
  readonly startedAt: number
  /** Class of the machine. */
  readonly machine: string
  /** That was measured, with `-dirty` when there were changes; null outside of git. */
  readonly commit: string | null
  /** Median of the run's samples. */
  readonly value: number
}

export interface HistoryCounts {
  readonly runs: number
  /** Names ever seen, until `prune` forgets those that no kept run uses. */
  readonly suites: number
  readonly cases: number
  /** Suites in runs, cached ones included. */
  readonly suiteRuns: number
  /** Test cases really executed. */
  readonly caseRuns: number
}
