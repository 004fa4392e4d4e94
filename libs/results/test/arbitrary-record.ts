import * as fc from 'fast-check'
import {
  type CaseError,
  countCases,
  NO_COUNTS,
  RUN_RECORD_VERSION,
  type RunId,
  type RunRecord,
  type Status,
  type SuiteRecord,
  type TestCase,
} from '@muster/model'

/** Text that has broken an XML or JSON writer somewhere. */
const NASTY = [
  ']]>',
  '<![CDATA[',
  '&amp;',
  '&#0;',
  '<!-- -->',
  '"\'',
  '\0\u0001\u001b[31m',
  '\u000b\ufffe\uffff',
  '\ud800',
  '\udc00x',
  '👩‍👩‍👧',
  'é\u0301',
  '\r\n',
  '\t \n',
  '\u2028\u0085',
  ' › ',
  '\\x1b',
  '__proto__',
]

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.array(fc.constantFrom(...NASTY, 'a', ' '), { maxLength: 4 }).map((parts) => parts.join('')),
)
// JSON can't tell a lone surrogate from its escape, but the file on disk must be well-formed.
const wellFormed = text.map((value) => Buffer.from(value).toString())
const path = (title: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.array(title, { minLength: 1, maxLength: 4 })

const duration = fc.oneof(fc.nat(100_000), fc.double({ min: 0, max: 1e7, noNaN: true }))

const testCase: fc.Arbitrary<TestCase> = fc.oneof(
  fc.record(
    {
      path: path(wellFormed),
      durationMs: duration,
      status: fc.constant('passed' as const),
      attempts: fc.integer({ min: 1, max: 4 }),
      earlierErrors: fc.array(error(), { maxLength: 3 }),
    },
    { requiredKeys: ['path', 'durationMs', 'status'] },
  ),
  fc.record(
    {
      path: path(wellFormed),
      durationMs: duration,
      status: fc.constant('failed' as const),
      error: error(),
      quarantined: text,
      attempts: fc.integer({ min: 1, max: 4 }),
    },
    { requiredKeys: ['path', 'durationMs', 'status', 'quarantined'] },
  ),
  fc.record(
    {
      path: path(wellFormed),
      durationMs: duration,
      status: fc.constant('failed' as const),
      error: error(),
      stdout: text,
      attempts: fc.integer({ min: 1, max: 4 }),
      earlierErrors: fc.array(error(), { maxLength: 3 }),
    },
    { requiredKeys: ['path', 'durationMs', 'status'] },
  ),
  fc.record(
    {
      path: path(wellFormed),
      durationMs: fc.constant(0),
      status: fc.constant('skipped' as const),
      skipReason: text,
    },
    { requiredKeys: ['path', 'durationMs', 'status'] },
  ),
)

function error(): fc.Arbitrary<CaseError> {
  const all = { message: text, stack: text, expected: text, actual: text }
  return fc.record(all, { requiredKeys: ['message'] })
}

const STATUSES = [
  'passed',
  'failed',
  'no-tests',
  'skipped',
  'timed-out',
  'crashed',
  'aborted',
  'environment-error',
  'no-device',
] as const satisfies readonly Status[]

const suite: fc.Arbitrary<SuiteRecord> = fc
  .record({
    name: wellFormed,
    status: fc.constantFrom(...STATUSES),
    cases: fc.array(testCase, { maxLength: 5 }),
    durationMs: duration,
    message: text,
    at: fc.option(fc.oneof(fc.nat(), fc.double())),
  })
  .map(suiteRecord)

interface Drawn {
  readonly name: string
  readonly status: Status
  readonly cases: readonly TestCase[]
  readonly durationMs: number
  readonly message: string
  /** When it ran, if it comes from the cache. */
  readonly at: number | null
}

function suiteRecord({ at, ...drawn }: Drawn): SuiteRecord {
  return {
    ...drawn,
    ...countCases(drawn.cases),
    kind: 'unit',
    cached: at !== null,
    from: at === null ? null : { runId: '20260131-154501-3f9a1c' as RunId, at, source: 'nx-cache' },
    hash: null,
    slow: false,
    unstable: false,
    dependsOn: [],
    plan: null,
    units: [],
    attempts: [],
  }
}

/** A run record with any text anywhere, as `foldRun` could make it. */
export const arbitraryRecord: fc.Arbitrary<RunRecord> = fc.array(suite, { maxLength: 4 }).map((suites) => ({
  version: RUN_RECORD_VERSION,
  runId: '20260131-154501-abcdef',
  workspace: 'shop',
  command: 'nx affected -t test',
  muster: '0.1.0',
  node: 'v20.20.0',
  platform: 'linux',
  workers: 2,
  machine: 'linux-x64-2',
  objective: 'balanced',
  capacity: { workers: 2, cpus: 2, memoryBytes: 0, semaphores: {}, labels: [] },
  utilisation: 0.5,
  startedAt: 1_770_000_000_000,
  finishedAt: 1_770_000_009_500,
  complete: true,
  verdict: suites.every(({ status }) => status === 'passed') ? 'passed' : 'failed',
  totals: { ...NO_COUNTS, suites: suites.length },
  notes: [],
  suites,
}))
