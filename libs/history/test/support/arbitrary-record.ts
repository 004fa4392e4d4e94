import type { RunRecord, SuitePlan, SuiteRecord, TestCase, Usage } from '@muster/model'
import * as fc from 'fast-check'
import { aCachedSuite, aRun, aSuite, idOf, START } from './records.ts'

/** Few names, ids, hashes and times, so that records collide in every way they can. */
export const SUITES = ['a', 'b', '@s/c', 'A']
export const CASES = ['x', 'y', 'x › y', '']
const RUNS = 8

const time = fc.integer({ min: START, max: START + 5 })
const duration = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0.5, 12.125, 1e-9, 1e9))
const status = fc.constantFrom('passed', 'failed', 'timed-out', 'crashed', 'aborted', 'no-tests')
const isolation = fc.constantFrom('process', 'thread', 'none')

const testCase: fc.Arbitrary<TestCase> = fc.record(
  {
    path: fc.constantFrom(...CASES).map((name) => name.split(' › ')),
    file: fc.constantFrom('a.ts', 'b.ts'),
    status: fc.constantFrom('passed', 'failed', 'skipped'),
    durationMs: duration,
    attempts: fc.integer({ min: 1, max: 3 }),
    error: fc.record({ message: fc.string() }),
    earlierErrors: fc.array(fc.record({ message: fc.string() }), { maxLength: 2 }),
    hook: fc.boolean(),
    quarantined: fc.constant('in quarantine'),
    notRerun: fc.constant(true as const),
  },
  { requiredKeys: ['path', 'status', 'durationMs'] },
)

// Whole numbers, whose sums don't depend on the order.
const amount = fc.integer({ min: 0, max: 9 })
const usage: fc.Arbitrary<Usage> = fc.record({
  cpuMs: amount,
  averageCpus: amount,
  peakCpus: amount,
  averageMemoryBytes: amount,
  peakMemoryBytes: amount,
  readBytes: amount,
  writtenBytes: amount,
  samples: amount,
})

const plan: fc.Arbitrary<SuitePlan> = fc.record({
  priority: fc.constantFrom('high', 'low'),
  phase: fc.nat(3),
  estimateMs: duration,
  score: fc.record({ total: fc.integer({ min: -9, max: 9 }), parts: fc.constant([]) }),
})

const attempts: fc.Arbitrary<SuiteRecord['attempts']> = fc.array(
  fc.record(
    {
      ordinal: fc.constant(1),
      worker: fc.nat(3),
      isolation,
      startedAt: time,
      durationMs: duration,
      status,
      superseded: fc.constant('fell back'),
      unit: fc.constantFrom('a', 'a#1/2', 'a#2/2'),
      usage,
    },
    { requiredKeys: ['unit', 'ordinal', 'worker', 'isolation', 'startedAt', 'durationMs', 'status'] },
  ),
  { maxLength: 3 },
)

const suite: fc.Arbitrary<SuiteRecord> = fc
  .record(
    {
      name: fc.constantFrom(...SUITES),
      kind: fc.constantFrom('unit', 'e2e'),
      status,
      message: fc.string(),
      hash: fc.constantFrom(null, 'h1', 'h2'),
      durationMs: duration,
      slow: fc.boolean(),
      unstable: fc.boolean(),
      plan: fc.option(plan),
      attempts,
      cases: fc.array(testCase, { maxLength: 6 }),
      cached: fc.boolean(),
      origin: fc.nat(RUNS),
    },
    {
      requiredKeys: [
        'name',
        'kind',
        'status',
        'hash',
        'durationMs',
        'slow',
        'unstable',
        'plan',
        'attempts',
        'cases',
        'cached',
        'origin',
      ],
    },
  )
  .map(({ name, cached, origin, ...over }) =>
    cached ? aCachedSuite(name, idOf(origin), { ...over, attempts: [] }) : aSuite(name, over),
  )

export const arbitraryRunId: fc.Arbitrary<string> = fc.nat(RUNS).map(idOf)

export const arbitraryRecord: fc.Arbitrary<RunRecord> = fc
  .record(
    {
      runId: arbitraryRunId,
      suites: fc.array(suite, { maxLength: 5 }),
      startedAt: time,
      complete: fc.boolean(),
      platform: fc.constantFrom('linux-x64', 'darwin-arm64'),
      node: fc.constantFrom('v20.20.2', 'v24.0.0'),
      workers: fc.nat(8),
      machine: fc.constantFrom('fast', 'slow'),
      objective: fc.constantFrom('feedback', 'makespan'),
      utilisation: fc.constantFrom(0, 0.25, 1),
      halted: fc.constant('Ctrl-C'),
    },
    {
      requiredKeys: [
        'runId',
        'suites',
        'startedAt',
        'complete',
        'platform',
        'node',
        'workers',
        'machine',
        'objective',
        'utilisation',
      ],
    },
  )
  .map(({ suites, ...over }) => aRun(0, suites, over))
