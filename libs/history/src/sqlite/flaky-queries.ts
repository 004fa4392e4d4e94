import { sql, type Kysely } from 'kysely'
import type { ExecutionGroup } from '../flaky/execution-group.ts'
import { findFlaky, type SilentFinding } from '../flaky/find-flaky.ts'
import type { FlakyFinding } from '../flaky/flaky-finding.ts'
import { NO_FILE } from './case-inserter.ts'
import type { HistorySchema } from './schema.ts'

export async function selectFlaky(
  db: Kysely<HistorySchema>,
  sinceMs: number,
  limit: number,
): Promise<readonly FlakyFinding[]> {
  const groups = [...(await selectCaseGroups(db, sinceMs)), ...(await selectSuiteGroups(db, sinceMs))]
  const findings: FlakyFinding[] = []
  for (const { key, ...finding } of findFlaky(groups).slice(0, limit)) {
    findings.push({ ...finding, message: await selectMessage(db, { key, ...finding }, sinceMs) })
  }
  return findings
}

/** Groups of what can't be compared are left out, where that saves going through all runs of a case. */
async function selectCaseGroups(db: Kysely<HistorySchema>, sinceMs: number): Promise<ExecutionGroup[]> {
  // Failures are few and have an index; of a suite that is broken altogether no case has a pass of the same content.
  const { rows } = await sql<CaseGroupRow>`
    with troubled as (
      select case_run.test_case, case_run.nth, case_run.status, suite_run.suite, suite_run.hash
      from run cross join suite_run cross join case_run
      where suite_run.run = run.id and case_run.suite_run = suite_run.id and run.started_at >= ${sinceMs}
        and (case_run.status = 1 or case_run.attempts > 1) and case_run.status <> 2
    ), candidate as (
      select distinct test_case, nth from troubled
      where status = 0 or exists (
        select 1 from suite_run cross join run cross join case_run
        where suite_run.suite = troubled.suite and suite_run.hash = troubled.hash
          and run.id = suite_run.run and run.started_at >= ${sinceMs}
          and case_run.suite_run = suite_run.id and case_run.test_case = troubled.test_case
          and case_run.nth = troubled.nth and case_run.status = 0)
    )
    select candidate.test_case, candidate.nth, suite.name as suite, test_case.name as "caseName",
      test_file.path as file, coalesce(suite_run.hash, '#' || suite_run.id) as content, run.platform, run.node,
      sum(case_run.status = 0 and case_run.attempts = 1) as clean,
      sum(case_run.status = 0 and case_run.attempts > 1) as retried,
      sum(case_run.status = 1) as failed,
      0 as unexplained,
      min(case when case_run.status = 1 or case_run.attempts > 1 then run.started_at end) as "firstAt",
      max(case when case_run.status = 1 or case_run.attempts > 1 then run.started_at end) as "lastAt"
    from candidate cross join test_case cross join suite cross join test_file cross join suite_run
      cross join run cross join case_run
    where test_case.id = candidate.test_case and suite.id = test_case.suite and test_file.id = test_case.file
      and suite_run.suite = test_case.suite and run.id = suite_run.run and run.started_at >= ${sinceMs}
      and case_run.suite_run = suite_run.id and case_run.test_case = candidate.test_case
      and case_run.nth = candidate.nth and case_run.status <> 2
    group by candidate.test_case, candidate.nth, content, run.platform, run.node`.execute(db)
  return rows.map(caseGroup)
}

type GroupRow = Omit<ExecutionGroup, 'key'>
type CaseGroupRow = GroupRow & { test_case: number; nth: number; file: string }
type SuiteGroupRow = GroupRow & { id: number }

const caseGroup = ({ test_case, nth, file, ...group }: CaseGroupRow): ExecutionGroup => ({
  ...group,
  key: `case ${test_case} ${nth}`,
  file: file === NO_FILE ? null : file,
})

const suiteGroup = ({ id, ...group }: SuiteGroupRow): ExecutionGroup => ({ ...group, key: `suite ${id}` })

/** A pass with failures in quarantine says neither this nor that. A split suite is one execution: which files a shard holds may differ from run to run. */
async function selectSuiteGroups(db: Kysely<HistorySchema>, sinceMs: number): Promise<ExecutionGroup[]> {
  const { rows } = await sql<SuiteGroupRow>`
    select suite.id, suite.name as suite, null as "caseName", null as file,
      coalesce(suite_run.hash, '#' || suite_run.id) as content, run.platform, run.node,
      sum(suite_run.status = 'passed' and suite_run.unstable = 0) as clean,
      sum(suite_run.status = 'passed' and suite_run.unstable = 1) as retried,
      sum(suite_run.status <> 'passed') as failed,
      sum(suite_run.status in ('timed-out', 'crashed', 'no-tests')
        or suite_run.status = 'passed' and suite_run.unstable = 1 and suite_run.flaky = 0) as unexplained,
      min(case when suite_run.status <> 'passed' or suite_run.unstable = 1 then run.started_at end) as "firstAt",
      max(case when suite_run.status <> 'passed' or suite_run.unstable = 1 then run.started_at end) as "lastAt"
    from run cross join suite_run cross join suite
    where suite_run.run = run.id and suite.id = suite_run.suite and run.started_at >= ${sinceMs}
      and suite_run.cached = 0
      and suite_run.status in ('passed', 'failed', 'timed-out', 'crashed', 'no-tests')
      and not (suite_run.status = 'passed' and suite_run.unstable = 0 and suite_run.quarantined > 0)
    group by suite.id, content, run.platform, run.node`.execute(db)
  return rows.map(suiteGroup)
}

async function selectMessage(
  db: Kysely<HistorySchema>,
  { key }: SilentFinding,
  sinceMs: number,
): Promise<string | null> {
  const [what, id, nth] = key.split(' ')
  const { rows } =
    what === 'suite'
      ? await sql<{ message: string }>`
          select suite_run.message from run cross join suite_run
          where suite_run.run = run.id and suite_run.suite = ${Number(id)} and run.started_at >= ${sinceMs}
            and suite_run.cached = 0 and suite_run.message is not null
            and suite_run.status in ('failed', 'timed-out', 'crashed', 'no-tests')
          order by run.started_at desc, run.run_id desc, suite_run.id limit 1`.execute(db)
      : await sql<{ message: string }>`
          select case_run.message from test_case cross join run cross join suite_run cross join case_run
          where test_case.id = ${Number(id)} and suite_run.run = run.id and suite_run.suite = test_case.suite
            and run.started_at >= ${sinceMs} and case_run.suite_run = suite_run.id
            and case_run.test_case = test_case.id and case_run.nth = ${Number(nth)}
            and (case_run.status = 1 or case_run.attempts > 1) and case_run.status <> 2
            and case_run.message is not null
          order by run.started_at desc, run.run_id desc, suite_run.id limit 1`.execute(db)
  return rows[0]?.message ?? null
}
