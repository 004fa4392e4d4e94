import type { RunRecord } from '@muster/model'
import type { FlakyFinding } from './flaky/flaky-finding.ts'
import type { HistoryResult } from './history-problem.ts'
import type {
  CaseEntry,
  CaseSummary,
  DurationSample,
  HistoryCounts,
  MetricSeries,
  RunCursor,
  RunSummary,
  SuiteEntry,
  SuiteResult,
} from './history-views.ts'

/** A failure's message is kept up to this many characters; the journal has all of it. */
export const MESSAGE_LIMIT = 2000

/** What `ingest` did. `replaced`: the run was known, and is now exactly what the record says. */
export type Ingested = 'added' | 'replaced'
export type IngestResult = HistoryResult<Ingested>

export interface Limit {
  /** At most this many entries, newest first; 0 or more. */
  readonly limit: number
}

/**
 * Port: what earlier runs were. Each answer is a `Result`, since a database may turn out damaged or locked at
 * any query. Everything is newest first: by the run's start, then by its id, descending.
 *
 * Text holds no NUL character and no lone surrogate here: they are stored, and looked up, as U+2400 and U+FFFD.
 */
export interface HistoryStore {
  /** All of a run or nothing of it. The same run again replaces itself, which heals a half-known one. */
  ingest(record: RunRecord): Promise<IngestResult>
  hasRun(runId: string): Promise<HistoryResult<boolean>>
  /**
   * Those of `runIds` whose journal is worth reading, in ascending order: unknown ones, and incomplete ones
   * that started at `incompleteSince` or later, as they may be going on still. Never one that was pruned.
   */
  unsettled(
    runIds: readonly string[],
    options: { readonly incompleteSince: number },
  ): Promise<HistoryResult<readonly string[]>>
  /** `before`: only runs that are older than this one, which needn't exist (any more). */
  runs(options: Limit & { readonly before?: RunCursor }): Promise<HistoryResult<readonly RunSummary[]>>
  /** One entry for each run that knows the suite, cached ones included. */
  suiteHistory(suite: string, options: Limit): Promise<HistoryResult<readonly SuiteEntry[]>>
  /**
   * One entry for each execution of the case with this full name. A name that occurs more than once in a
   * suite (two files, or twice in one) has that many entries in a run, ordered by file.
   */
  caseHistory(suite: string, caseName: string, options: Limit): Promise<HistoryResult<readonly CaseEntry[]>>
  /** The cases that the suite had in its newest runs that executed it, by name, then file. */
  suiteCases(
    suite: string,
    options: { readonly runs: number },
  ): Promise<HistoryResult<readonly CaseSummary[]>>
  /** Of real executions only, whatever they came to. */
  suiteResults(suite: string, options: Limit): Promise<HistoryResult<readonly SuiteResult[]>>
  /**
   * Of really executed passes only: what a scheduler may learn from. Each suite that is asked for is in the answer,
   * with as many samples as there are up to the limit.
   */
  durationsOf(
    suites: readonly string[],
    options: Limit,
  ): Promise<HistoryResult<ReadonlyMap<string, readonly DurationSample[]>>>
  /** What the suite and its test cases measured in its newest runs, of one class of machine if one is asked for. */
  metricHistory(
    suite: string,
    options: Limit & { readonly machine?: string },
  ): Promise<HistoryResult<readonly MetricSeries[]>>
  /** Flaky first, the surest first; `flaky-finding.ts` says what that is. @param options.sinceMs since the epoch */
  flaky(options: Limit & { readonly sinceMs: number }): Promise<HistoryResult<readonly FlakyFinding[]>>
  /**
   * A run as a record, for other histories to take in: ingested there, it gives the same answers. What isn't kept here is
   * empty: capacity, notes, output, files and parts of scores. Undefined for a run that isn't known.
   */
  record(runId: string): Promise<HistoryResult<RunRecord | undefined>>
  counts(): Promise<HistoryResult<HistoryCounts>>
  /** Forgets all but the newest runs, for good: `unsettled` won't ask for them again. */
  prune(options: { readonly keepRuns: number }): Promise<HistoryResult<{ readonly removed: number }>>
  /** Further calls are bugs. */
  close(): Promise<void>
}
