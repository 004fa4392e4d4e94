import {
  CASE_PATH_SEPARATOR,
  RUN_RECORD_VERSION,
  type AttemptRecord,
  type RunRecord,
  type SuiteRecord,
  type TestCase,
  type Usage,
} from '@muster/model'
import type { Kysely, Selectable } from 'kysely'
import { sqlText } from '../sql-text.ts'
import { NO_FILE } from './case-inserter.ts'
import { caseStatusOf } from './case-status.ts'
import { countsOf } from './counts-of.ts'
import type { HistorySchema } from './schema.ts'
import { selectMetrics } from './metric-queries.ts'
import { withMetrics } from './with-metrics.ts'
import { originOf } from './suite-queries.ts'

type Row<Table extends keyof HistorySchema> = Selectable<HistorySchema[Table]>

/** A run as a record, with what isn't kept left empty. */
export async function selectRecord(db: Kysely<HistorySchema>, runId: string): Promise<RunRecord | undefined> {
  const [run] = await db.selectFrom('run').selectAll().where('run_id', '=', sqlText(runId)).execute()
  if (!run) return undefined
  const rows = await db
    .selectFrom('suite_run')
    .innerJoin('suite', 'suite.id', 'suite_run.suite')
    .selectAll('suite_run')
    .select('suite.name')
    .where('suite_run.run', '=', run.id)
    .orderBy('suite_run.id')
    .execute()
  const suites: SuiteRecord[] = []
  for (const row of rows) {
    const attempts = await selectAttempts(db, row)
    const cases = await selectCases(db, row.id)
    const metrics = await selectMetrics(db, row.id)
    suites.push(withMetrics({ ...suiteRecord(row), attempts, cases }, metrics, row.revision, run.machine))
  }
  return { ...runRecord(run), suites }
}

const runRecord = (run: Row<'run'>): Omit<RunRecord, 'suites'> => ({
  version: RUN_RECORD_VERSION,
  runId: run.run_id,
  workspace: run.workspace,
  command: run.command,
  muster: run.muster,
  node: run.node,
  platform: run.platform,
  workers: run.workers,
  machine: run.machine,
  objective: run.objective,
  capacity: { workers: run.workers, cpus: 0, memoryBytes: 0, semaphores: {}, labels: [] },
  utilisation: run.utilisation ?? 0,
  ...(run.halted !== null && { halted: run.halted }),
  startedAt: run.started_at,
  finishedAt: run.finished_at,
  complete: run.complete === 1,
  verdict: run.verdict,
  totals: { suites: run.suites, ...countsOf(run) },
  notes: [],
})

const suiteRecord = (
  row: Row<'suite_run'> & { readonly name: string },
): Omit<SuiteRecord, 'attempts' | 'cases'> => ({
  name: row.name,
  kind: row.kind,
  status: row.status,
  ...(row.message !== null && { message: row.message }),
  cached: row.cached === 1,
  from: originOf(row.origin_run, row.origin_at, row.origin_source),
  hash: row.hash,
  ...countsOf(row),
  durationMs: row.duration_ms,
  slow: row.slow === 1,
  unstable: row.unstable === 1,
  dependsOn: [],
  plan: planOf(row),
  units: [],
})

function planOf({ priority, phase, estimate_ms: estimateMs, score }: Row<'suite_run'>): SuiteRecord['plan'] {
  if (priority === null || phase === null || estimateMs === null || score === null) return null
  return { priority, phase, estimateMs, score: { total: score, parts: [] } }
}

async function selectAttempts(
  db: Kysely<HistorySchema>,
  { id, name }: { readonly id: number; readonly name: string },
): Promise<readonly AttemptRecord[]> {
  const rows = await db.selectFrom('attempt').selectAll().where('suite_run', '=', id).orderBy('nth').execute()
  const ordinals = new Map<string | null, number>()
  const records: AttemptRecord[] = []
  for (const row of rows) {
    const ordinal = (ordinals.get(row.unit) ?? 0) + 1
    ordinals.set(row.unit, ordinal)
    const usage = usageOf(row)
    records.push({
      unit: row.unit ?? name,
      ordinal,
      worker: row.worker,
      isolation: row.isolation,
      startedAt: row.started_at,
      durationMs: row.duration_ms,
      status: row.status,
      ...(row.superseded !== null && { superseded: row.superseded }),
      ...(usage && { usage }),
    })
  }
  return records
}

function usageOf(row: Row<'attempt'>): Usage | undefined {
  if (row.cpu_ms === null) return undefined
  return {
    cpuMs: row.cpu_ms,
    averageCpus: row.average_cpus ?? 0,
    peakCpus: row.peak_cpus ?? 0,
    averageMemoryBytes: row.average_memory ?? 0,
    peakMemoryBytes: row.peak_memory ?? 0,
    readBytes: row.read_bytes ?? 0,
    writtenBytes: row.written_bytes ?? 0,
    samples: row.samples ?? 0,
  }
}

async function selectCases(db: Kysely<HistorySchema>, suiteRun: number): Promise<readonly TestCase[]> {
  const rows = await db
    .selectFrom('case_run')
    .innerJoin('test_case', 'test_case.id', 'case_run.test_case')
    .innerJoin('test_file', 'test_file.id', 'test_case.file')
    .selectAll('case_run')
    .select(['test_case.name', 'test_file.path'])
    .where('case_run.suite_run', '=', suiteRun)
    .orderBy('test_case.name')
    .orderBy('test_file.path')
    .orderBy('case_run.nth')
    .execute()
  return rows.map(testCaseOf)
}

function testCaseOf(row: Row<'case_run'> & { readonly name: string; readonly path: string }): TestCase {
  const status = caseStatusOf(row.status)
  const error = row.message === null ? undefined : { message: row.message }
  return {
    path: row.name.split(CASE_PATH_SEPARATOR),
    ...(row.path !== NO_FILE && { file: row.path }),
    status,
    durationMs: row.duration_ms,
    ...(row.attempts > 1 && { attempts: row.attempts }),
    ...(row.hook === 1 && { hook: true }),
    ...(error && (status === 'passed' ? { earlierErrors: [error] } : { error })),
    ...(row.quarantined === 1 && { quarantined: 'in quarantine' }),
  }
}
