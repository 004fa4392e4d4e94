import type { Origin } from '@muster/model'
import { sql, type Kysely } from 'kysely'
import type { DurationSample, HashVerdict, HashVerdicts, SuiteEntry } from '../history-views.ts'
import { sqlText } from '../sql-text.ts'
import { countsOf } from './counts-of.ts'
import type { HistorySchema } from './schema.ts'

/**
 * The suite's rows with their runs, newest first. A cross join is SQLite's way to fix the order of tables: it
 * goes through the runs by their index and stops at the limit, instead of sorting all that the suite ever had.
 */
const suiteRuns = (db: Kysely<HistorySchema>, suite: string) =>
  db
    .selectFrom('run')
    .crossJoin('suite_run')
    .whereRef('suite_run.run', '=', 'run.id')
    .where('suite_run.suite', '=', (eb) =>
      eb.selectFrom('suite').select('id').where('name', '=', sqlText(suite)),
    )
    .orderBy('run.started_at', 'desc')
    .orderBy('run.run_id', 'desc')
    .orderBy('suite_run.id')

export async function selectSuiteHistory(
  db: Kysely<HistorySchema>,
  suite: string,
  limit: number,
): Promise<readonly SuiteEntry[]> {
  const rows = await suiteRuns(db, suite)
    .selectAll('suite_run')
    .select(['run.run_id', 'run.started_at'])
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    runId: row.run_id,
    startedAt: row.started_at,
    kind: row.kind,
    status: row.status,
    message: row.message,
    cached: row.cached === 1,
    origin: originOf(row.origin_run, row.origin_at, row.origin_source),
    hash: row.hash,
    isolation: row.isolation,
    durationMs: row.duration_ms,
    slow: row.slow === 1,
    counts: countsOf(row),
  }))
}

function originOf(
  runId: Origin['runId'] | null,
  at: number | null,
  source: Origin['source'] | null,
): Origin | null {
  return runId === null || at === null || source === null ? null : { runId, at, source }
}

export async function selectDurations(
  db: Kysely<HistorySchema>,
  suite: string,
  limit: number,
): Promise<readonly DurationSample[]> {
  return await suiteRuns(db, suite)
    .where('suite_run.cached', '=', 0)
    .where('suite_run.status', '=', 'passed')
    .select([
      'run.run_id as runId',
      'run.started_at as startedAt',
      'suite_run.duration_ms as durationMs',
      'run.platform',
      'run.workers',
      'suite_run.isolation',
    ])
    .limit(limit)
    .execute()
}

export async function selectVerdictsByHash(
  db: Kysely<HistorySchema>,
  suite: string,
): Promise<readonly HashVerdicts[]> {
  const rows = await db
    .selectFrom('suite')
    .innerJoin('suite_run', 'suite_run.suite', 'suite.id')
    .innerJoin('run', 'run.id', 'suite_run.run')
    .innerJoin('attempt', 'attempt.suite_run', 'suite_run.id')
    .where('suite.name', '=', sqlText(suite))
    .where('suite_run.cached', '=', 0)
    .where('suite_run.hash', 'is not', null)
    .where('attempt.superseded', 'is', null)
    .groupBy(['suite_run.hash', 'attempt.status', 'run.platform', 'run.node'])
    .select(['attempt.status', 'run.platform', 'run.node'])
    .select([
      sql<string>`suite_run.hash`.as('hash'),
      sql<number>`count(*)`.as('executions'),
      sql<number>`min(attempt.started_at)`.as('firstAt'),
      sql<number>`max(attempt.started_at)`.as('lastAt'),
    ])
    .orderBy('attempt.status')
    .orderBy('run.platform')
    .orderBy('run.node')
    .execute()

  const byHash = new Map<string, HashVerdict[]>()
  for (const { hash, ...verdict } of rows) {
    const verdicts = byHash.get(hash)
    if (verdicts) verdicts.push(verdict)
    else byHash.set(hash, [verdict])
  }
  return [...byHash]
    .map(([hash, verdicts]) => ({ hash, verdicts, lastAt: Math.max(...verdicts.map((each) => each.lastAt)) }))
    .sort((a, b) => b.lastAt - a.lastAt || (a.hash < b.hash ? -1 : 1))
    .map(({ hash, verdicts }) => ({ hash, verdicts }))
}
