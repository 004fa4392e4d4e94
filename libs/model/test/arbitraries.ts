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
  type PlannedSuite,
  type RunId,
  type Score,
  type TestCase,
  type Usage,
} from '@muster/model'

export const RUN = '20260131-154501-3f9a1c' as RunId

/** Few names, so that random events meet each other. */
const suite = fc.constantFrom('a', 'b', '@scope/c').map(suiteId)
const shard = fc.record({ index: fc.integer({ min: 1, max: 2 }), of: fc.constant(2) })
const unit = fc.tuple(suite, fc.option(shard, { nil: undefined })).map(([id, part]) => unitId(id, part))
const attempt = fc.tuple(unit, fc.integer({ min: 1, max: 2 })).map(([id, ordinal]) => attemptId(id, ordinal))
const kind = fc.constantFrom('unit' as const, 'integration' as const)
const sha256 = fc
  .array(fc.integer({ min: 0, max: 15 }), { minLength: 64, maxLength: 64 })
  .map((digits) => digits.map((digit) => digit.toString(16)).join(''))
const time = fc.integer({ min: 0, max: 2 ** 40 })
const hash = fc.string({ minLength: 1 })

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
    earlierErrors: fc.array(fc.record({ message: fc.string() }), { maxLength: 2 }),
    attachments: fc.array(
      fc.record(
        {
          name: fc.string(),
          contentType: fc.string(),
          file: fc.string(),
          kept: fc.record({ runId: fc.constant(RUN), sha256, bytes: fc.nat() }),
          lost: fc.string(),
        },
        { requiredKeys: ['name', 'contentType'] },
      ),
      { maxLength: 2 },
    ),
    metrics: fc.dictionary(
      fc.string(),
      fc.record(
        { value: fc.double({ noNaN: true, noDefaultInfinity: true }), unit: fc.string() },
        { requiredKeys: ['value'] },
      ),
      { maxKeys: 2, noNullPrototype: true },
    ),
    quarantined: fc.string(),
    notRerun: fc.constant(true as const),
    notRerunFrom: fc.constant(RUN),
  },
  { requiredKeys: ['path', 'status', 'durationMs'] },
)

const amount = fc.double({ min: 0, max: 1e12, noNaN: true })
const usage: fc.Arbitrary<Usage> = fc.record({
  cpuMs: amount,
  averageCpus: amount,
  peakCpus: amount,
  averageMemoryBytes: amount,
  peakMemoryBytes: amount,
  readBytes: amount,
  writtenBytes: amount,
  samples: fc.nat(),
})

const score: fc.Arbitrary<Score> = fc.record({
  total: fc.integer(),
  parts: fc.array(
    fc.record({
      name: fc.constantFrom('priority' as const, 'observed' as const),
      value: fc.integer(),
      why: fc.string(),
    }),
    { maxLength: 2 },
  ),
})

const plannedSuite: fc.Arbitrary<PlannedSuite> = fc.record({
  suite,
  kind,
  dependsOn: fc.array(suite),
  task: fc.string(),
  priority: fc.constantFrom('critical' as const, 'low' as const),
  phase: fc.nat(3),
  estimateMs: fc.nat(),
  score,
})

export const outcome: fc.Arbitrary<Outcome> = fc.constantFrom<Outcome>(
  { status: 'passed' },
  { status: 'passed', quarantined: 2 },
  { status: 'failed', failures: 2 },
  { status: 'failed', failures: 1, note: 'the runner said 0' },
  { status: 'no-tests', message: 'no test ran' },
  { status: 'skipped', reason: 'its dependency failed' },
  { status: 'timed-out', limitMs: 5 },
  { status: 'crashed', message: 'gone', exitCode: null, signal: 'SIGKILL' },
  { status: 'aborted', reason: 'stopped' },
  { status: 'environment-error', message: 'no mocha', fix: 'Install it.' },
  { status: 'no-device', missing: ['pi'] },
)

const body: fc.Arbitrary<RunEventBody> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('run-started' as const),
      workspace: fc.string(),
      command: fc.string(),
      muster: fc.string(),
      node: fc.string(),
      platform: fc.string(),
      workers: fc.nat(),
      failFast: fc.boolean(),
      objective: fc.constantFrom('feedback' as const, 'makespan' as const),
      budgetMs: fc.nat(),
      capacity: fc.record({
        workers: fc.nat(),
        cpus: amount,
        memoryBytes: amount,
        semaphores: fc.dictionary(fc.string(), fc.nat()),
        labels: fc.array(fc.string()),
      }),
      machine: fc.string(),
    },
    {
      requiredKeys: [
        'kind',
        'workspace',
        'command',
        'muster',
        'node',
        'platform',
        'workers',
        'failFast',
        'objective',
        'capacity',
        'machine',
      ],
    },
  ),
  fc.record({
    kind: fc.constant('plan-ready' as const),
    suites: fc.array(plannedSuite, { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('suite-rescored' as const), suite, score }),
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
  fc.record(
    {
      kind: fc.constant('unit-queued' as const),
      unit,
      suite,
      estimateMs: fc.nat(),
      shard,
      files: fc.array(fc.string(), { maxLength: 2 }),
    },
    { requiredKeys: ['kind', 'unit', 'suite', 'estimateMs'] },
  ),
  fc.record({
    kind: fc.constant('suite-step-finished' as const),
    suite,
    step: fc.constantFrom('set-up' as const, 'tear-down' as const),
    durationMs: fc.nat(),
  }),
  fc.record({
    kind: fc.constant('retry-scheduled' as const),
    unit,
    suite,
    attempt,
    delayMs: fc.nat(),
    reason: fc.string(),
  }),
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
      usage,
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
