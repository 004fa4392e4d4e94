import type { Kysely } from 'kysely'
import type { CaseEntry } from '../history-views.ts'
import { sqlText } from '../sql-text.ts'
import { NO_FILE } from './case-inserter.ts'
import { caseStatusOf } from './case-status.ts'
import type { HistorySchema } from './schema.ts'

export async function selectCaseHistory(
  db: Kysely<HistorySchema>,
  suite: string,
  name: string,
  limit: number,
): Promise<readonly CaseEntry[]> {
  const suiteId = db.selectFrom('suite').select('id').where('name', '=', sqlText(suite))
  // Cross joins as for suites; within a run only the few cases of this name are looked for.
  const rows = await db
    .selectFrom('run')
    .crossJoin('suite_run')
    .crossJoin('test_case')
    .crossJoin('case_run')
    .crossJoin('test_file')
    .whereRef('suite_run.run', '=', 'run.id')
    .where('suite_run.suite', '=', suiteId)
    .where('test_case.suite', '=', suiteId)
    .where('test_case.name', '=', sqlText(name))
    .whereRef('case_run.suite_run', '=', 'suite_run.id')
    .whereRef('case_run.test_case', '=', 'test_case.id')
    .whereRef('test_file.id', '=', 'test_case.file')
    .select(['run.run_id', 'run.started_at', 'test_file.path', 'suite_run.hash'])
    .select([
      'case_run.status',
      'case_run.duration_ms',
      'case_run.attempts',
      'case_run.hook',
      'case_run.message',
      'case_run.quarantined',
    ])
    .orderBy('run.started_at', 'desc')
    .orderBy('run.run_id', 'desc')
    .orderBy('suite_run.id')
    .orderBy('test_file.path')
    .orderBy('case_run.nth')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    runId: row.run_id,
    startedAt: row.started_at,
    file: row.path === NO_FILE ? null : row.path,
    status: caseStatusOf(row.status),
    durationMs: row.duration_ms,
    attempts: row.attempts,
    hook: row.hook === 1,
    message: row.message,
    quarantined: row.quarantined === 1,
    hash: row.hash,
  }))
}
