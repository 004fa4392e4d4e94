import type { AttemptRecord, OutputRef, RunRecord, SuiteRecord, TestCase } from '@muster/model'
import { addCounts, countCases, NO_COUNTS, RUN_RECORD_VERSION } from '@muster/model'

export const START = Date.UTC(2026, 0, 31, 15, 45, 1)
export const ROOT = '/home/ada/shop'

export const sampleCase = (name: string, change: Partial<TestCase> = {}): TestCase => ({
  path: name.split(' › '),
  file: 'libs/cart/test/cart.test.ts',
  status: 'passed',
  durationMs: 12,
  ...change,
})

export const passes = (group: string, count: number): TestCase[] =>
  Array.from({ length: count }, (_, index) => sampleCase(`${group} › case ${index + 1}`))

/** The first of a unit; 200 ms after the run's start. */
export const sampleAttempt = (unit: string, change: Partial<AttemptRecord> = {}): AttemptRecord => ({
  unit,
  ordinal: 1,
  worker: 0,
  isolation: 'process',
  startedAt: START + 200,
  durationMs: 410,
  status: 'passed',
  ...change,
})

/** A suite whose counts follow from its cases. */
export function sampleSuite(name: string, change: Partial<SuiteRecord> = {}): SuiteRecord {
  const cases = change.cases ?? passes(name, 3)
  const status = change.status ?? 'passed'
  const durationMs = change.durationMs ?? 410
  return {
    name,
    kind: 'unit',
    status,
    cached: false,
    from: null,
    hash: '14029384756102938475',
    ...countCases(cases),
    durationMs,
    slow: false,
    unstable: false,
    dependsOn: [],
    plan: null,
    units: [{ id: name, estimateMs: 0, status }],
    reproduce: `npx mocha --config suites/${name}/.mocharc.json`,
    attempts: [sampleAttempt(name, { durationMs, status })],
    ...change,
    cases,
  }
}

/** A run of the given suites; totals follow. */
export function sampleRun(suites: readonly SuiteRecord[], change: Partial<RunRecord> = {}): RunRecord {
  const totals = suites.reduce((sum, suite) => addCounts(sum, suite), NO_COUNTS)
  return {
    version: RUN_RECORD_VERSION,
    runId: '20260131-154501-3f9a1c',
    workspace: 'shop',
    command: 'nx affected -t test',
    muster: '0.1.0',
    node: 'v20.20.2',
    platform: 'linux x64',
    workers: 2,
    machine: 'linux-x64-2',
    objective: 'balanced',
    capacity: { workers: 2, cpus: 2, memoryBytes: 4_000_000_000, semaphores: {}, labels: ['linux'] },
    utilisation: 0.87,
    startedAt: START,
    finishedAt: START + 12_400,
    complete: true,
    verdict: suites.some((suite) => suite.status !== 'passed') ? 'failed' : 'passed',
    totals: { suites: suites.length, ...totals },
    notes: [],
    suites,
    ...change,
  }
}

const cachedFrom = {
  runId: '20260131-134210-b01d7e',
  at: START - 7_400_000,
  source: 'nx-cache',
} as NonNullable<SuiteRecord['from']>

export const STDOUT: OutputRef = { sha256: 'a'.repeat(64), bytes: 200, totalBytes: 200 }
export const STDERR: OutputRef = { sha256: 'b'.repeat(64), bytes: 80, totalBytes: 80 }
export const OUTPUTS = new Map([
  [STDOUT.sha256, 'listening on 41873\n\u001B[32mready\u001B[39m in 12 ms\nGET /cart 200\n'],
  [STDERR.sha256, '\u001B[33mwarning\u001B[39m: cart 42 has no owner\n'],
])
export const readOutput = (ref: OutputRef): Promise<string | undefined> =>
  Promise.resolve(OUTPUTS.get(ref.sha256))

const DIFFERENT = sampleCase('cart › totals › adds shipping above the limit', {
  status: 'failed',
  durationMs: 31.4,
  error: {
    message: 'Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n+   total: 4200\n',
    stack: [
      'AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal:',
      `    at Context.<anonymous> (file://${ROOT}/libs/cart/test/totals.test.ts:48:12)`,
      `    at total (${ROOT}/libs/cart/src/total.ts:12:9)`,
      `    at callFn (${ROOT}/node_modules/mocha/lib/runnable.js:366:21)`,
      '    at process.processImmediate (node:internal/timers:483:21)',
    ].join('\n'),
    expected: '{\n  "currency": "EUR",\n  "items": 3,\n  "shipping": 490,\n  "total": 4690\n}',
    actual: '{\n  "currency": "EUR",\n  "items": 3,\n  "shipping": 0,\n  "total": 4200\n}',
  },
})

const COLOURED = sampleCase('cart › persists › survives a restart', {
  status: 'failed',
  durationMs: 1204,
  error: {
    message: '\u001B[31mtimed out\u001B[39m waiting for \u001B[1mready\u001B[22m',
    stack: 'Error: timed out',
  },
})

/** One of everything: what a real, unlucky run looks like. */
export function sampleRecord(): RunRecord {
  const suites = [
    sampleSuite('unit-model', { cases: passes('model', 23), durationMs: 412 }),
    sampleSuite('unit-cart', {
      status: 'failed',
      message: '2 failed',
      cases: [
        ...passes('cart › lines', 14),
        DIFFERENT,
        COLOURED,
        sampleCase('cart › rounding › half to even', {
          status: 'skipped',
          skipReason: 'waits for the new rounding',
        }),
      ],
      durationMs: 1_630,
      attempts: [
        {
          unit: 'unit-cart',
          ordinal: 1,
          worker: 1,
          isolation: 'thread',
          startedAt: START + 220,
          durationMs: 240,
          status: 'crashed',
          superseded: 'process.chdir() is not supported in workers',
        },
        {
          unit: 'unit-cart',
          ordinal: 2,
          worker: 1,
          isolation: 'process',
          startedAt: START + 480,
          durationMs: 1_630,
          status: 'failed',
          stdout: STDOUT,
          stderr: STDERR,
        },
      ],
    }),
    sampleSuite('unit-search', {
      cached: true,
      from: cachedFrom,
      cases: passes('search', 12),
      durationMs: 2_310,
      attempts: [],
    }),
    sampleSuite('unit-mail', {
      cached: true,
      from: { ...cachedFrom, source: 'journal' },
      cases: passes('mail', 31),
      durationMs: 940,
      attempts: [],
    }),
    sampleSuite('integration-checkout', {
      kind: 'integration',
      dependsOn: ['unit-cart', 'unit-model'],
      cases: [
        ...passes('checkout', 8),
        sampleCase('checkout › pays twice at most once', { attempts: 3, durationMs: 880 }),
      ],
      durationMs: 6_120,
      slow: true,
      attempts: [
        {
          unit: 'integration-checkout',
          ordinal: 1,
          worker: 0,
          isolation: 'process',
          startedAt: START + 700,
          durationMs: 6_120,
          status: 'passed',
        },
      ],
    }),
    sampleSuite('e2e-browser', {
      kind: 'e2e',
      status: 'crashed',
      message: 'the runner ended with exit code 134 before its tests did',
      cases: passes('browser', 2),
      durationMs: 3_480,
      attempts: [
        {
          unit: 'e2e-browser',
          ordinal: 1,
          worker: 1,
          isolation: 'process',
          startedAt: START + 2_300,
          durationMs: 3_480,
          status: 'crashed',
          stderr: STDERR,
        },
      ],
    }),
    sampleSuite('fuzz-parser', {
      kind: 'fuzzing',
      status: 'timed-out',
      message: 'killed after its time limit of 4000 ms',
      cases: [],
      durationMs: 4_000,
      attempts: [
        {
          unit: 'fuzz-parser',
          ordinal: 1,
          worker: 0,
          isolation: 'process',
          startedAt: START + 7_000,
          durationMs: 4_000,
          status: 'timed-out',
        },
      ],
    }),
    sampleSuite('hardware-scale', {
      kind: 'hardware',
      status: 'environment-error',
      message: 'mocha is not installed. Run npm install --save-dev mocha.',
      cases: [],
      durationMs: 0,
      attempts: [],
    }),
    sampleSuite('chaos-network', {
      kind: 'chaos',
      status: 'skipped',
      message: 'e2e-browser did not pass',
      cases: [],
      durationMs: 0,
      attempts: [],
    }),
  ]
  return sampleRun(suites, {
    notes: [
      {
        level: 'warning',
        suite: 'unit-search',
        message: 'cached result not believed, run again: evidence.ndjson is torn',
      },
      { level: 'info', message: 'No history yet: durations are unknown.' },
    ],
  })
}
