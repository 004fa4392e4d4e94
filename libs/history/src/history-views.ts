import type {
  ActualIsolation,
  CaseStatus,
  Counts,
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
  readonly counts: Counts
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
  /** The failure's message, cut to `MESSAGE_LIMIT` characters. */
  readonly message: string | null
  /** Of the suite's task. */
  readonly hash: string | null
}

/** How long a suite took when it was really executed and passed. */
export interface DurationSample {
  readonly runId: string
  readonly startedAt: number
  readonly durationMs: number
  readonly platform: string
  /** Parallel slots of that run: durations under load are longer. */
  readonly workers: number
  readonly isolation: ActualIsolation | null
}

/**
 * How executions of one task hash ended. Two statuses under one hash are evidence of flakiness, but only on
 * the same platform and Node version: the hash holds neither by itself.
 */
export interface HashVerdicts {
  readonly hash: string
  readonly verdicts: readonly HashVerdict[]
}

export interface HashVerdict {
  readonly status: Status
  readonly platform: string
  readonly node: string
  /** Attempts that ended so. Superseded attempts and cache hits are not executions with a verdict. */
  readonly executions: number
  /** Start of the first and last of them. */
  readonly firstAt: number
  readonly lastAt: number
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
