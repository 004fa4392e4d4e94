import * as fc from 'fast-check'
import {
  suiteId,
  unitId,
  attemptId,
  countCases,
  RUN_EVENT_VERSION,
  type Outcome,
  type OutputRef,
  type RunEvent,
  type RunEventBody,
  type RunId,
  type TestCase,
} from '@muster/model'

/** Few names, so that random events meet each other. */
const suite = fc.constantFrom('a', 'b', '@scope/c').map(suiteId)
const unit = suite.map(unitId)
const attempt = fc.tuple(unit, fc.integer({ min: 1, max: 2 })).map(([id, ordinal]) => attemptId(id, ordinal))
const kind = fc.constantFrom('unit' as const, 'integration' as const)
const sha256 = fc
  .array(fc.integer({ min: 0, max: 15 }), { minLength: 64, maxLength: 64 })
  .map((digits) => digits.map((digit) => digit.toString(16)).join(''))
const time = fc.integer({ min: 0, max: 2 ** 40 })
const hash = fc.string({ minLength: 1 })

export const RUN = '20260131-154501-3f9a1c' as RunId

export const output: fc.Arbitrary<OutputRef> = fc
  .tuple(sha256, fc.nat(), fc.nat())
  .map(([digest, bytes, more]) => ({ sha256: digest, bytes, totalBytes: bytes + more }))

export const testCase: fc.Arbitrary<TestCase> = fc.record(
  {
    path: fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
    status: fc.constantFrom('passed' as const, 'failed' as const, 'skipped' as const),
    durationMs: fc.nat(),
    attempts: fc.integer({ min: 1, max: 3 }),
    file: fc.string(),
    skipReason: fc.string(),
    hook: fc.boolean(),
    error: fc.record({ message: fc.string(), stack: fc.string() }, { requiredKeys: ['message'] }),
  },
  { requiredKeys: ['path', 'status', 'durationMs'] },
)

const outcome: fc.Arbitrary<Outcome> = fc.constantFrom<Outcome>(
  { status: 'passed' },
  { status: 'failed', failures: 2 },
  { status: 'no-tests', message: 'no test ran' },
  { status: 'skipped', reason: 'its dependency failed' },
  { status: 'timed-out', limitMs: 5 },
  { status: 'crashed', message: 'gone', exitCode: null, signal: 'SIGKILL' },
  { status: 'aborted', reason: 'stopped' },
  { status: 'environment-error', message: 'no mocha', fix: 'Install it.' },
)

const body: fc.Arbitrary<RunEventBody> = fc.oneof(
  fc.record({
    kind: fc.constant('run-started' as const),
    workspace: fc.string(),
    command: fc.string(),
    muster: fc.string(),
    node: fc.string(),
    platform: fc.string(),
    workers: fc.nat(),
    failFast: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('plan-ready' as const),
    suites: fc.array(fc.record({ suite, kind, dependsOn: fc.array(suite), task: fc.string() }), {
      maxLength: 3,
    }),
  }),
  fc.record({ kind: fc.constant('suite-hashed' as const), suite, hash }),
  fc.record({ kind: fc.constant('suite-skipped' as const), suite, reason: fc.string() }),
  fc.record({
    kind: fc.constant('suite-cached' as const),
    suite,
    suiteKind: kind,
    hash,
    origin: fc.record({
      runId: fc.constant(RUN),
      at: time,
      source: fc.constantFrom('nx-cache' as const, 'journal' as const),
    }),
    counts: fc.array(testCase, { maxLength: 4 }).map(countCases),
    durationMs: fc.nat(),
    cases: output,
  }),
  fc.record({ kind: fc.constant('cache-rejected' as const), suite, reason: fc.string() }),
  fc.record({ kind: fc.constant('unit-queued' as const), unit, suite }),
  fc.record({
    kind: fc.constant('attempt-started' as const),
    attempt,
    unit,
    suite,
    worker: fc.nat(),
    isolation: fc.constantFrom('process' as const, 'thread' as const, 'none' as const),
    reproduce: fc.string(),
  }),
  fc.record({ kind: fc.constant('case-finished' as const), attempt, case: testCase }),
  fc.record({
    kind: fc.constant('output-captured' as const),
    attempt,
    stream: fc.constantFrom('stdout' as const, 'stderr' as const),
    output,
  }),
  fc.record({ kind: fc.constant('attempt-slow' as const), attempt, afterMs: fc.nat() }),
  fc.record(
    {
      kind: fc.constant('attempt-finished' as const),
      attempt,
      outcome,
      durationMs: fc.nat(),
      superseded: fc.string(),
    },
    { requiredKeys: ['kind', 'attempt', 'outcome', 'durationMs'] },
  ),
  fc.record({ kind: fc.constant('unit-finished' as const), unit, suite, outcome }),
  fc.record(
    {
      kind: fc.constant('note' as const),
      level: fc.constantFrom('info' as const, 'warning' as const),
      suite,
      message: fc.string(),
    },
    { requiredKeys: ['kind', 'level', 'message'] },
  ),
  fc.record({ kind: fc.constant('run-halted' as const), reason: fc.string() }),
  fc.record({ kind: fc.constant('run-finished' as const) }),
)

export const stamp = (bodies: readonly RunEventBody[], startAt = 1_000): RunEvent[] =>
  bodies.map((each, seq) => ({ v: RUN_EVENT_VERSION, runId: RUN, seq, at: startAt + seq, ...each }))

/** Any order of any events: what a torn, merged or hand-made journal could hold. */
export const anyEvents: fc.Arbitrary<RunEvent[]> = fc
  .array(body, { maxLength: 40 })
  .map((bodies) => stamp(bodies))
