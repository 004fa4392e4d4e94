import { sql, type Kysely } from 'kysely'
import type { HistoryCounts, RunCursor, RunSummary } from '../history-views.ts'
import { sqlText } from '../sql-text.ts'
import { countsOf } from './counts-of.ts'
import type { HistorySchema } from './schema.ts'

export async function hasRun(db: Kysely<HistorySchema>, runId: string): Promise<boolean> {
  const rows = await db.selectFrom('run').select('id').where('run_id', '=', sqlText(runId)).execute()
  return rows.length > 0
}

export async function selectUnsettled(
  db: Kysely<HistorySchema>,
  runIds: readonly string[],
  incompleteSince: number,
): Promise<readonly string[]> {
  // Bound as one JSON text: a list of parameters would be limited in length.
  const { rows } = await sql<{ id: string }>`
    select distinct value as id from json_each(${JSON.stringify(runIds.map(sqlText))})
    where value not in (select run_id from run where complete = 1 or started_at < ${incompleteSince})
      and value not in (select run_id from pruned_run)
    order by value`.execute(db)
  return rows.map((row) => row.id)
}

export async function selectRuns(
  db: Kysely<HistorySchema>,
  limit: number,
  before: RunCursor | undefined,
): Promise<readonly RunSummary[]> {
  let query = db.selectFrom('run').selectAll()
  if (before) {
    const { startedAt, runId } = before
    query = query.where(sql<boolean>`(started_at, run_id) < (${startedAt}, ${sqlText(runId)})`)
  }
  const rows = await query.orderBy('started_at', 'desc').orderBy('run_id', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    runId: row.run_id,
    workspace: row.workspace,
    command: row.command,
    muster: row.muster,
    node: row.node,
    platform: row.platform,
    workers: row.workers,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    complete: row.complete === 1,
    verdict: row.verdict,
    totals: { suites: row.suites, ...countsOf(row) },
    machine: row.machine,
    objective: row.objective,
    utilisation: row.utilisation,
    halted: row.halted,
  }))
}

export async function selectCounts(db: Kysely<HistorySchema>): Promise<HistoryCounts> {
  // Counting the largest table would read all of it; the executed suites know their numbers.
  const { rows } = await sql<HistoryCounts>`
    select (select count(*) from run) as runs,
      (select count(*) from suite) as suites,
      (select count(*) from test_case) as cases,
      (select count(*) from suite_run) as "suiteRuns",
      (select coalesce(sum(tests - not_rerun), 0) from suite_run where cached = 0) as "caseRuns"`.execute(db)
  const [counts] = rows
  if (!counts) throw new Error('a select without a from clause gave no row')
  return counts
}
