import type { ActualIsolation, Objective, Origin, Priority, Status, SuiteKind, Verdict } from '@muster/model'
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
  metric_run: MetricRunTable
  pruned_run: { run_id: string }
}

interface CountColumns {
  tests: number
  passed: number
  failed: number
  skipped: number
  flaky: number
  quarantined: number
  not_rerun: number
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
  machine: string
  objective: Objective
  utilisation: number | null
  halted: string | null
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
  unstable: Flag
  /** Null, like the next three, for a suite that wasn't planned. */
  priority: Priority | null
  phase: number | null
  estimate_ms: number | null
  score: number | null
  /** Commit that was measured. */
  revision: string | null
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
  /** Null when it is the suite as a whole. */
  unit: string | null
  /** All of the usage is null, or nothing of it. */
  cpu_ms: number | null
  average_cpus: number | null
  peak_cpus: number | null
  average_memory: number | null
  peak_memory: number | null
  read_bytes: number | null
  written_bytes: number | null
  samples: number | null
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
  quarantined: Flag
}

interface MetricRunTable {
  suite_run: number
  nth: number
  /** Empty: the suite as a whole. */
  benchmark: string
  metric: string
  unit: string
  better: 'lower' | 'higher'
  value: number
}
