import type { Kysely } from 'kysely'
import type { MetricPoint, MetricSeries } from '../history-views.ts'
import { sqlText } from '../sql-text.ts'
import type { HistorySchema } from './schema.ts'

/** Series by benchmark and metric, each from its newest run. A changed unit begins another series. */
export async function selectMetricHistory(
  db: Kysely<HistorySchema>,
  suite: string,
  limit: number,
  machine: string | undefined,
): Promise<readonly MetricSeries[]> {
  const rows = await newestRuns(db, suite, limit, machine)
    .innerJoin('metric_run', 'metric_run.suite_run', 'newest.id')
    .select(['newest.run_id', 'newest.started_at', 'newest.machine', 'newest.revision'])
    .select([
      'metric_run.benchmark',
      'metric_run.metric',
      'metric_run.unit',
      'metric_run.better',
      'metric_run.value',
    ])
    .orderBy('newest.started_at', 'desc')
    .orderBy('newest.run_id', 'desc')
    .orderBy('metric_run.nth')
    .execute()
  const series = new Map<string, MetricSeries & { readonly points: MetricPoint[] }>()
  for (const { benchmark, metric, unit, better, ...row } of rows) {
    const key = JSON.stringify([benchmark, metric, unit, better])
    const known = series.get(key) ?? { benchmark, metric, unit, better, points: [] }
    series.set(key, known)
    known.points.push({
      runId: row.run_id,
      startedAt: row.started_at,
      machine: row.machine,
      commit: row.revision,
      value: row.value,
    })
  }
  return [...series.values()]
}

const newestRuns = (db: Kysely<HistorySchema>, suite: string, limit: number, machine: string | undefined) =>
  db.selectFrom((from) =>
    from
      .selectFrom('run')
      .innerJoin('suite_run', 'suite_run.run', 'run.id')
      .where('suite_run.suite', '=', (eb) =>
        eb.selectFrom('suite').select('id').where('name', '=', sqlText(suite)),
      )
      .$if(machine !== undefined, (query) => query.where('run.machine', '=', sqlText(machine ?? '')))
      .where((eb) =>
        eb.exists(
          eb.selectFrom('metric_run').select('nth').whereRef('metric_run.suite_run', '=', 'suite_run.id'),
        ),
      )
      .select(['suite_run.id', 'run.run_id', 'run.started_at', 'run.machine', 'suite_run.revision'])
      .orderBy('run.started_at', 'desc')
      .orderBy('run.run_id', 'desc')
      .limit(limit)
      .as('newest'),
  )

interface MetricRow {
  readonly benchmark: string
  readonly metric: string
  readonly unit: string
  readonly better: 'lower' | 'higher'
  readonly value: number
}

/** What the suite measured in one run, in its order. */
export const selectMetrics = (db: Kysely<HistorySchema>, suiteRun: number): Promise<readonly MetricRow[]> =>
  db
    .selectFrom('metric_run')
    .select(['benchmark', 'metric', 'unit', 'better', 'value'])
    .where('suite_run', '=', suiteRun)
    .orderBy('nth')
    .execute()
