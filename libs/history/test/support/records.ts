import {
  addCounts,
  countCases,
  NO_COUNTS,
  RUN_RECORD_VERSION,
  type AttemptRecord,
  type RunRecord,
  type SuiteRecord,
  type TestCase,
} from '@muster/model'

/** 2026-01-01T00:00:00Z */
export const START = 1_767_225_600_000

/** A well-formed run id; higher numbers started later. */
export function idOf(nth: number): string {
  const iso = new Date(START + nth * 1000).toISOString()
  return `${iso.slice(0, 10).replaceAll('-', '')}-${iso.slice(11, 19).replaceAll(':', '')}-abc123`
}

export const aCase = (name: string, over: Partial<TestCase> = {}): TestCase => ({
  path: ['group', name],
  file: 'test/a.test.ts',
  status: 'passed',
  durationMs: 3,
  ...over,
})

export const anAttempt = (over: Partial<AttemptRecord> = {}): AttemptRecord => ({
  unit: 'a',
  ordinal: 1,
  worker: 0,
  isolation: 'process',
  startedAt: START,
  durationMs: 100,
  status: 'passed',
  ...over,
})

/** An executed suite; its counts follow from its cases, its one attempt from its status. */
export function aSuite(name: string, over: Partial<SuiteRecord> = {}): SuiteRecord {
  const cases = over.cases ?? [aCase('one'), aCase('two')]
  const durationMs = over.durationMs ?? 100
  const status = over.status ?? 'passed'
  return {
    name,
    kind: 'unit',
    status,
    cached: false,
    from: null,
    hash: 'hash-1',
    ...countCases(cases),
    durationMs,
    slow: false,
    unstable: false,
    dependsOn: [],
    plan: null,
    units: [],
    attempts: [anAttempt({ unit: name, durationMs, status })],
    cases,
    ...over,
  }
}

/** A suite that Nx answered from its cache. */
export const aCachedSuite = (name: string, originRun: string, over: Partial<SuiteRecord> = {}): SuiteRecord =>
  aSuite(name, {
    cached: true,
    from: { runId: originRun, at: START, source: 'nx-cache' } as SuiteRecord['from'],
    attempts: [],
    ...over,
  })

export function aRun(nth: number, suites: readonly SuiteRecord[], over: Partial<RunRecord> = {}): RunRecord {
  const startedAt = START + nth * 1000
  return {
    version: RUN_RECORD_VERSION,
    runId: idOf(nth),
    workspace: 'shop',
    command: 'nx affected -t test',
    muster: '0.1.0',
    node: 'v20.20.2',
    platform: 'linux-x64',
    workers: 2,
    machine: 'linux-x64 2c 8g',
    objective: 'balanced',
    capacity: { workers: 2, cpus: 0, memoryBytes: 0, semaphores: {}, labels: [] },
    utilisation: 0.5,
    startedAt,
    finishedAt: startedAt + 500,
    complete: true,
    verdict: suites.every((suite) => suite.status === 'passed') ? 'passed' : 'failed',
    totals: { suites: suites.length, ...suites.reduce(addCounts, NO_COUNTS) },
    notes: [],
    suites,
    ...over,
  }
}
