import { sql, type Kysely } from 'kysely'
import type { DurationSample } from '../history-views.ts'
import { sqlText } from '../sql-text.ts'
import type { HistorySchema } from './schema.ts'

/** One query for all suites, as a plan asks for each suite of a workspace. */
export async function selectDurations(
  db: Kysely<HistorySchema>,
  suites: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, readonly DurationSample[]>> {
  const { rows } = await sql<DurationSample & { name: string }>`
    with sample as (
      select suite.name, run.run_id, run.started_at, run.platform, run.machine, run.workers, suite_run.id,
        suite_run.duration_ms, suite_run.isolation,
        row_number() over (
          partition by suite.id order by run.started_at desc, run.run_id desc, suite_run.id
        ) as newest
      from suite join suite_run on suite_run.suite = suite.id join run on run.id = suite_run.run
      where suite.name in (select value from json_each(${JSON.stringify(suites.map(sqlText))}))
        and suite_run.cached = 0 and suite_run.status = 'passed'
    )
    select name, run_id as "runId", started_at as "startedAt", duration_ms as "durationMs", platform, machine,
      workers, isolation,
      (select sum(cpu_ms) from attempt where attempt.suite_run = sample.id) as "cpuMs",
      (select max(average_cpus) from attempt where attempt.suite_run = sample.id) as "averageCpus",
      (select max(peak_memory) from attempt where attempt.suite_run = sample.id) as "peakMemoryBytes"
    from sample where newest <= ${limit} order by name, newest`.execute(db)
  const samples = new Map<string, DurationSample[]>()
  for (const { name, ...sample } of rows) {
    const known = samples.get(name)
    if (known) known.push(sample)
    else samples.set(name, [sample])
  }
  return new Map(suites.map((suite) => [suite, samples.get(sqlText(suite)) ?? []]))
}
