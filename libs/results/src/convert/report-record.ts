import {
  countCases,
  RUN_RECORD_VERSION,
  type RunRecord,
  type SuiteKind,
  type SuiteRecord,
  type TestCase,
} from '@muster/model'
import { groupCases } from './group-cases.ts'

export interface ReportFacts {
  /** What made the record, for its `command`. */
  readonly command: string
  /** Muster's version. */
  readonly muster: string
  /** When the report was finished; milliseconds since the epoch. */
  readonly at: number
  /** Of all suites in it: reports of other tools don't say. */
  readonly kind: SuiteKind
  /** False when a report could not be read to its end. */
  readonly complete: boolean
}

/**
 * Test cases of reports as the record of a run, so that every writer can write them. The outermost title is
 * the suite; a case without groups belongs to its file. What only a run of Muster knows stays empty.
 */
export function reportRecord(cases: readonly TestCase[], facts: ReportFacts): RunRecord {
  const { command, muster, at, kind, complete } = facts
  const suites = [...groupCases(cases)].map(([name, own]) => suiteRecord(name, own, kind))
  const counts = countCases(cases)
  const durationMs = suites.reduce((sum, suite) => sum + suite.durationMs, 0)
  return {
    version: RUN_RECORD_VERSION,
    runId: '',
    workspace: '',
    command,
    muster,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    workers: 0,
    machine: '',
    objective: 'balanced',
    capacity: { workers: 0, cpus: 0, memoryBytes: 0, semaphores: {}, labels: [] },
    utilisation: 0,
    startedAt: at - durationMs,
    finishedAt: at,
    complete,
    verdict: counts.failed > 0 ? 'failed' : 'passed',
    totals: { ...counts, suites: suites.length },
    notes: complete
      ? []
      : [{ level: 'warning', message: 'a report ends too early; what was finished is here' }],
    suites,
  }
}

function suiteRecord(name: string, cases: readonly TestCase[], kind: SuiteKind): SuiteRecord {
  const counts = countCases(cases)
  return {
    name,
    kind,
    status: counts.failed > 0 ? 'failed' : 'passed',
    cached: false,
    from: null,
    hash: null,
    ...counts,
    durationMs: cases.reduce((sum, { durationMs }) => sum + durationMs, 0),
    slow: false,
    unstable: counts.flaky > 0,
    dependsOn: [],
    plan: null,
    units: [],
    attempts: [],
    cases,
  }
}
