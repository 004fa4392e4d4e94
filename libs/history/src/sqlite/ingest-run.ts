import type { AttemptRecord, RunRecord, SuiteRecord } from '@muster/model'
import type { Ingested } from '../history-store.ts'
import { sqlText } from '../sql-text.ts'
import { caseInserter } from './case-inserter.ts'
import { transact, type Connection, type SqlValue } from './connection.ts'
import { deleteRun } from './delete-run.ts'
import { metricInserter } from './metric-inserter.ts'
import { textDictionary } from './text-dictionary.ts'

/**
 * Writes a run, all of it or nothing; what the history held of it before is gone. Synchronous, since a
 * transaction that waits would let other queries of this connection slip in.
 * @throws the driver's errors
 */
export function ingestRun(connection: Connection, record: RunRecord): Ingested {
  return transact(connection, () => {
    const known = deleteRun(connection, sqlText(record.runId))
    connection.prepare('delete from pruned_run where run_id = ?').run([sqlText(record.runId)])
    const run = insertRun(connection, record)
    const suites = textDictionary(connection, 'suite', 'name')
    const insertSuite = suiteInserter(connection)
    const insertMetrics = metricInserter(connection)
    const cases = caseInserter(connection)
    for (const suite of record.suites) {
      const suiteId = suites(sqlText(suite.name))
      const suiteRun = insertSuite(run, suiteId, suite)
      insertMetrics(suiteRun, suite)
      // What wasn't executed here was, and is recorded, in the run that it comes from.
      if (!suite.cached)
        cases.add(
          suiteRun,
          suiteId,
          suite.cases.filter(({ notRerun }) => notRerun !== true),
        )
    }
    cases.flush()
    return known ? 'replaced' : 'added'
  })
}

function insertRun(connection: Connection, record: RunRecord): number {
  const { totals } = record
  const { lastInsertRowid } = connection
    .prepare(
      `insert into run (run_id, workspace, command, muster, node, platform, workers, started_at, finished_at,
         complete, verdict, suites, tests, passed, failed, skipped, flaky, quarantined, not_rerun,
         machine, objective, utilisation, halted)
       values (${placeholders(23)})`,
    )
    .run([
      sqlText(record.runId),
      sqlText(record.workspace),
      sqlText(record.command),
      sqlText(record.muster),
      sqlText(record.node),
      sqlText(record.platform),
      record.workers,
      record.startedAt,
      record.finishedAt,
      record.complete ? 1 : 0,
      record.verdict,
      totals.suites,
      totals.tests,
      totals.passed,
      totals.failed,
      totals.skipped,
      totals.flaky,
      totals.quarantined,
      totals.notRerun,
      sqlText(record.machine),
      record.objective,
      record.utilisation,
      orNull(record.halted),
    ])
  return Number(lastInsertRowid)
}

/** Inserts a suite's row and its attempts; gives the row's id. */
function suiteInserter(connection: Connection): (run: number, suiteId: number, suite: SuiteRecord) => number {
  const insert = connection.prepare(
    `insert into suite_run (run, suite, kind, status, message, cached, origin_run, origin_at, origin_source,
       hash, isolation, duration_ms, slow, tests, passed, failed, skipped, flaky, quarantined, not_rerun,
       unstable, priority, phase, estimate_ms, score, revision)
     values (${placeholders(26)})`,
  )
  const insertAttempt = connection.prepare(`insert into attempt values (${placeholders(17)})`)
  return (run, suiteId, suite) => {
    const { from, attempts, plan } = suite
    const { lastInsertRowid } = insert.run([
      run,
      suiteId,
      suite.kind,
      suite.status,
      orNull(suite.message),
      suite.cached ? 1 : 0,
      orNull(from?.runId),
      from?.at ?? null,
      from?.source ?? null,
      orNull(suite.hash),
      attempts.at(-1)?.isolation ?? null,
      suite.durationMs,
      suite.slow ? 1 : 0,
      suite.tests,
      suite.passed,
      suite.failed,
      suite.skipped,
      suite.flaky,
      suite.quarantined,
      suite.notRerun,
      suite.unstable ? 1 : 0,
      plan?.priority ?? null,
      plan?.phase ?? null,
      plan?.estimateMs ?? null,
      plan?.score.total ?? null,
      orNull(suite.cached ? null : suite.measurement?.commit),
    ])
    const suiteRun = Number(lastInsertRowid)
    for (const [nth, attempt] of attempts.entries()) {
      insertAttempt.run([suiteRun, nth, ...attemptColumns(suite.name, attempt)])
    }
    return suiteRun
  }
}

function attemptColumns(suite: string, attempt: AttemptRecord): SqlValue[] {
  const { worker, isolation, startedAt, durationMs, status, unit, usage } = attempt
  return [
    worker,
    isolation,
    startedAt,
    durationMs,
    status,
    orNull(attempt.superseded),
    unit === suite ? null : sqlText(unit),
    usage?.cpuMs ?? null,
    usage?.averageCpus ?? null,
    usage?.peakCpus ?? null,
    usage?.averageMemoryBytes ?? null,
    usage?.peakMemoryBytes ?? null,
    usage?.readBytes ?? null,
    usage?.writtenBytes ?? null,
    usage?.samples ?? null,
  ]
}

const placeholders = (count: number): string => Array(count).fill('?').join(', ')

const orNull = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : sqlText(text)
