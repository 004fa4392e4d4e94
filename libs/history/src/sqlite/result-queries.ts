import { sql, type Kysely } from 'kysely'
import type { CaseSummary, SuiteResult } from '../history-views.ts'
import { sqlText } from '../sql-text.ts'
import { NO_FILE } from './case-inserter.ts'
import { caseStatusOf } from './case-status.ts'
import type { HistorySchema } from './schema.ts'

export async function selectSuiteResults(
  db: Kysely<HistorySchema>,
  suite: string,
  limit: number,
): Promise<readonly SuiteResult[]> {
  // The innermost select has an order of its own, which json_group_array takes over.
  const { rows } = await sql<ResultRow>`
    select run.run_id as "runId", run.started_at as at, suite_run.status,
      (select json_group_array(name) from (
        select distinct test_case.name from case_run cross join test_case
        where case_run.suite_run = suite_run.id and (case_run.status = 1 or case_run.attempts > 1)
          and case_run.status = 1 and case_run.quarantined = 0 and test_case.id = case_run.test_case
        order by test_case.name)) as failed
    from run cross join suite_run
    where suite_run.run = run.id and suite_run.cached = 0
      and suite_run.suite = (select id from suite where name = ${sqlText(suite)})
    order by run.started_at desc, run.run_id desc, suite_run.id limit ${limit}`.execute(db)
  return rows.map(suiteResult)
}

type ResultRow = Omit<SuiteResult, 'failedCases'> & { failed: string }
type SummaryRow = Omit<CaseSummary, 'lastStatus'> & { last: number; file: string }

const suiteResult = ({ failed, ...result }: ResultRow): SuiteResult => ({
  ...result,
  failedCases: JSON.parse(failed) as string[],
})

const caseSummary = ({ last, file, ...summary }: SummaryRow): CaseSummary => ({
  ...summary,
  file: file === NO_FILE ? null : file,
  lastStatus: caseStatusOf(last),
})

export async function selectSuiteCases(
  db: Kysely<HistorySchema>,
  suite: string,
  runs: number,
): Promise<readonly CaseSummary[]> {
  // With a single max(), SQLite takes the other columns from the row that has it: https://sqlite.org/lang_select.html#bareagg
  const { rows } = await sql<SummaryRow>`
    with newest as (
      select suite_run.id, run.started_at,
        row_number() over (order by run.started_at, run.run_id, suite_run.id desc) as age
      from run cross join suite_run
      where suite_run.run = run.id and suite_run.cached = 0
        and suite_run.suite = (select id from suite where name = ${sqlText(suite)})
      order by run.started_at desc, run.run_id desc, suite_run.id limit ${runs}
    ), summary as (
      select case_run.test_case, count(*) as executions, sum(case_run.status = 1) as failures,
        sum(case_run.status = 0 and case_run.attempts > 1) as retried,
        avg(case when case_run.status = 0 then case_run.duration_ms end) as duration_ms,
        case_run.status as last, newest.started_at, max(newest.age * 1000000 + case_run.nth)
      from newest cross join case_run
      where case_run.suite_run = newest.id
      group by case_run.test_case
    )
    select test_case.name, test_file.path as file, summary.executions, summary.failures, summary.retried,
      summary.duration_ms as "durationMs", summary.last, summary.started_at as "lastAt"
    from summary join test_case on test_case.id = summary.test_case
      join test_file on test_file.id = test_case.file
    order by test_case.name, test_file.path`.execute(db)
  return rows.map(caseSummary)
}
