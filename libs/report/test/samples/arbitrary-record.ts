import type { RunRecord, Status, SuiteRecord, TestCase } from '@muster/model'
import { SUITE_KINDS } from '@muster/model'
import * as fc from 'fast-check'
import { sampleAttempt, sampleRun, sampleSuite, START } from './sample-record.ts'

const STATUSES: readonly Status[] = [
  'passed',
  'failed',
  'no-tests',
  'skipped',
  'timed-out',
  'crashed',
  'aborted',
  'environment-error',
  'no-device',
]
const HOSTILE = [
  '</script><img src=x onerror=alert(1)>',
  '\u202Eevil',
  '\u001B[2J\u001B[31mred',
  '{{#run}}',
  '`'.repeat(9),
  '|\n|',
  '\u2028',
  '\uD800',
  '__proto__',
  '::error::x',
  '',
]

export const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...HOSTILE))
const duration = fc.oneof(fc.nat(1e7), fc.double({ min: 0, max: 1e9, noNaN: true }))

export const arbitraryCase: fc.Arbitrary<TestCase> = fc.record(
  {
    path: fc.array(text, { maxLength: 4 }),
    file: text,
    status: fc.constantFrom('passed' as const, 'failed' as const, 'skipped' as const),
    durationMs: duration,
    attempts: fc.integer({ min: 1, max: 4 }),
    skipReason: text,
    hook: fc.boolean(),
    quarantined: text,
    notRerun: fc.constant(true as const),
    earlierErrors: fc.array(fc.record({ message: text }), { maxLength: 3 }),
    attachments: fc.array(
      fc.record(
        { name: text, contentType: text, file: text, lost: text },
        { requiredKeys: ['name', 'contentType'] },
      ),
      { maxLength: 2 },
    ),
    metrics: fc.dictionary(text, fc.record({ value: duration, unit: text }), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
    error: fc.record(
      { message: text, stack: text, expected: text, actual: text },
      { requiredKeys: ['message'] },
    ),
  },
  { requiredKeys: ['path', 'status', 'durationMs'] },
)

const arbitraryAttempt = fc.record({
  ordinal: fc.integer({ min: 1, max: 3 }),
  worker: fc.nat(3),
  startedAt: fc.nat(20_000).map((after) => START + after),
  durationMs: duration,
  status: fc.constantFrom(...STATUSES),
})

const arbitrarySuite: fc.Arbitrary<SuiteRecord> = fc
  .record(
    {
      name: text,
      kind: fc.constantFrom(...SUITE_KINDS),
      status: fc.constantFrom(...STATUSES),
      message: text,
      cases: fc.array(arbitraryCase, { maxLength: 5 }),
      durationMs: duration,
      slow: fc.boolean(),
      unstable: fc.boolean(),
      attempts: fc.array(arbitraryAttempt, { maxLength: 4 }),
      reproduce: text,
      from: fc.constantFrom(null, {
        runId: '20260131-134210-b01d7e' as NonNullable<SuiteRecord['from']>['runId'],
        at: START,
        source: 'journal' as const,
      }),
    },
    { requiredKeys: ['name', 'kind', 'status', 'cases', 'durationMs', 'from', 'attempts'] },
  )
  .map(({ name, attempts, ...rest }) =>
    sampleSuite(name, {
      ...rest,
      cached: rest.from !== null,
      attempts: attempts.map((change) => sampleAttempt(name, change)),
    }),
  )

export const arbitraryRecord: fc.Arbitrary<RunRecord> = fc
  .record({
    suites: fc.array(arbitrarySuite, { maxLength: 5 }),
    verdict: fc.constantFrom('passed' as const, 'failed' as const, 'error' as const, 'aborted' as const),
    complete: fc.boolean(),
    command: text,
    workspace: text,
    startedAt: fc.oneof(fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER)),
    notes: fc.array(
      fc.record({ level: fc.constantFrom('info' as const, 'warning' as const), message: text }),
      { maxLength: 3 },
    ),
  })
  .map(({ suites, ...change }) => sampleRun(suites, change))
