import type { Kysely } from 'kysely'
import type { HistoryStore } from '../history-store.ts'
import { selectCaseHistory } from './case-queries.ts'
import type { Connection } from './connection.ts'
import { selectDurations } from './duration-queries.ts'
import { selectFlaky } from './flaky-queries.ts'
import { ingestRun } from './ingest-run.ts'
import { selectMetricHistory } from './metric-queries.ts'
import { pruneRuns } from './prune-runs.ts'
import { selectRecord } from './record-queries.ts'
import { selectSuiteCases, selectSuiteResults } from './result-queries.ts'
import { hasRun, selectCounts, selectRuns, selectUnsettled } from './run-queries.ts'
import type { HistorySchema } from './schema.ts'
import { guarded, guardedAsync } from './sqlite-problem.ts'
import { selectSuiteHistory } from './suite-queries.ts'

/**
 * The store over an open, migrated connection. Writes are synchronous transactions on the connection itself
 * and reads are single statements through kysely, so that no two of them ever mix.
 */
export function sqliteHistoryStore(connection: Connection, db: Kysely<HistorySchema>): HistoryStore {
  const { file } = connection
  return {
    ingest: async (record) => guarded(file, () => ingestRun(connection, record)),
    hasRun: (runId) => guardedAsync(file, () => hasRun(db, runId)),
    unsettled: (runIds, { incompleteSince }) =>
      guardedAsync(file, () => selectUnsettled(db, runIds, incompleteSince)),
    runs: ({ limit, before }) => guardedAsync(file, () => selectRuns(db, limit, before)),
    suiteHistory: (suite, { limit }) => guardedAsync(file, () => selectSuiteHistory(db, suite, limit)),
    caseHistory: (suite, name, { limit }) =>
      guardedAsync(file, () => selectCaseHistory(db, suite, name, limit)),
    suiteCases: (suite, { runs }) => guardedAsync(file, () => selectSuiteCases(db, suite, runs)),
    suiteResults: (suite, { limit }) => guardedAsync(file, () => selectSuiteResults(db, suite, limit)),
    durationsOf: (suites, { limit }) => guardedAsync(file, () => selectDurations(db, suites, limit)),
    metricHistory: (suite, { limit, machine }) =>
      guardedAsync(file, () => selectMetricHistory(db, suite, limit, machine)),
    flaky: ({ sinceMs, limit }) => guardedAsync(file, () => selectFlaky(db, sinceMs, limit)),
    record: (runId) => guardedAsync(file, () => selectRecord(db, runId)),
    counts: () => guardedAsync(file, () => selectCounts(db)),
    prune: async ({ keepRuns }) => guarded(file, () => ({ removed: pruneRuns(connection, keepRuns) })),
    async close() {
      // The driver leaves the write-ahead log behind; emptied, the file alone is the whole history. Not worth
      // waiting for other processes, and whatever is wrong with the file, closing it is still right.
      guarded(file, () => connection.exec('pragma busy_timeout = 0; pragma wal_checkpoint(truncate)'))
      await db.destroy()
    },
  }
}
