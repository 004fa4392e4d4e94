import type { ActualIsolation, Origin, Status, SuiteKind, Verdict } from '@muster/model'
import type { ColumnType, Generated } from 'kysely'

/** 0 or 1: SQLite has no booleans. */
type Flag = ColumnType<number, never, never>

/** The tables as kysely sees them; `migrations.ts` makes them and says why they are so. */
export interface HistorySchema {
  run: RunTable
  suite: { id: Generated<number>; name: string }
  suite_run: SuiteRunTable
  attempt: AttemptTable
  test_file: { id: Generated<number>; path: string }
  test_case: { id: Generated<number>; suite: number; name: string; file: number }
  case_run: CaseRunTable
  pruned_run: { run_id: string }
}

interface CountColumns {
  tests: number
  passed: number
  failed: number
  skipped: number
  flaky: number
}

interface RunTable extends CountColumns {
  id: Generated<number>
  run_id: string
  workspace: string
  command: string
  muster: string
  node: string
  platform: string
  workers: number
  started_at: number
  finished_at: number
  complete: Flag
  verdict: Verdict
  suites: number
}

interface SuiteRunTable extends CountColumns {
  id: Generated<number>
  run: number
  suite: number
  kind: SuiteKind
  status: Status
  message: string | null
  cached: Flag
  origin_run: Origin['runId'] | null
  origin_at: number | null
  origin_source: Origin['source'] | null
  hash: string | null
  isolation: ActualIsolation | null
  duration_ms: number
  slow: Flag
}

interface AttemptTable {
  suite_run: number
  nth: number
  worker: number
  isolation: ActualIsolation
  started_at: number
  duration_ms: number
  status: Status
  superseded: string | null
}

interface CaseRunTable {
  suite_run: number
  test_case: number
  nth: number
  /** Index into `CASE_STATUSES`. */
  status: number
  duration_ms: number
  attempts: number
  hook: Flag
  message: string | null
}
