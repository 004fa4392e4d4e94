import type { Origin } from '@muster/model'
import { sql, type Kysely } from 'kysely'
import type { SuiteEntry } from '../history-views.ts'
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
    .select([
      ofAttempts<number>(sql`count(distinct coalesce(unit, ''))`).as('units'),
      ofAttempts<number>(sql`count(*) - count(superseded)`).as('attempts'),
      ofAttempts<number | null>(sql`max(peak_memory)`).as('peak_memory'),
      ofAttempts<number | null>(sql`sum(cpu_ms)`).as('cpu_ms'),
    ])
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
    unstable: row.unstable === 1,
    counts: countsOf(row),
    estimateMs: row.estimate_ms,
    score: row.score,
    units: row.units,
    attempts: row.attempts,
    peakMemoryBytes: row.peak_memory,
    cpuMs: row.cpu_ms,
  }))
}

const ofAttempts = <T>(what: ReturnType<typeof sql>) =>
  sql<T>`(select ${what} from attempt where attempt.suite_run = suite_run.id)`

export function originOf(
  runId: Origin['runId'] | null,
  at: number | null,
  source: Origin['source'] | null,
): Origin | null {
  return runId === null || at === null || source === null ? null : { runId, at, source }
}
