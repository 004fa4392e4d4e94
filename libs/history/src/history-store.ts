import type { RunRecord } from '@muster/model'
import type { HistoryResult } from './history-problem.ts'
import type {
  CaseEntry,
  DurationSample,
  HashVerdicts,
  HistoryCounts,
  RunCursor,
  RunSummary,
  SuiteEntry,
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
  /** Of really executed passes only: what a scheduler may learn from. */
  durations(suite: string, options: Limit): Promise<HistoryResult<readonly DurationSample[]>>
  /** Latest executed hash first; verdicts ordered by status, platform, Node version. */
  verdictsByHash(suite: string): Promise<HistoryResult<readonly HashVerdicts[]>>
  counts(): Promise<HistoryResult<HistoryCounts>>
  /** Forgets all but the newest runs, for good: `unsettled` won't ask for them again. */
  prune(options: { readonly keepRuns: number }): Promise<HistoryResult<{ readonly removed: number }>>
  /** Further calls are bugs. */
  close(): Promise<void>
}
