import type { AttemptRecord, RunRecord, Score, SuitePlan, SuiteRecord, Usage } from '@muster/model'
import {
  passes,
  sampleAttempt,
  sampleCase,
  sampleRun,
  sampleSuite,
  START,
  STDERR,
  STDOUT,
} from './sample-record.ts'

const RUN_BEFORE = '20260130-091200-77ab01' as NonNullable<SuiteRecord['from']>['runId']

const score: Score = {
  total: 63.4,
  parts: [
    { name: 'priority', value: 30, why: 'priority high' },
    { name: 'failures', value: 21.4, why: 'failed 3 of its last 10 runs, the last one 2 days ago' },
    { name: 'change', value: 12, why: 'libs/cart/src/total.ts changed' },
  ],
}
const plan = (estimateMs: number, phase = 0): SuitePlan => ({ priority: 'high', phase, estimateMs, score })

const usage = (cpuMs: number, peakMemoryBytes: number): Usage => ({
  cpuMs,
  averageCpus: 0.82,
  peakCpus: 1.64,
  averageMemoryBytes: peakMemoryBytes * 0.7,
  peakMemoryBytes,
  readBytes: 1_450_000,
  writtenBytes: 88_000,
  samples: 12,
})

const ran = (
  unit: string,
  from: number,
  durationMs: number,
  worker: number,
  change: Partial<AttemptRecord> = {},
): AttemptRecord =>
  sampleAttempt(unit, {
    worker,
    startedAt: START + from,
    durationMs,
    usage: usage(durationMs * 0.8, 40_000_000 + durationMs * 20_000),
    ...change,
  })

/** Two shards on two workers, the second at its second attempt. */
const split = sampleSuite('integration-cart', {
  kind: 'integration',
  unstable: true,
  dependsOn: ['unit-cart'],
  plan: plan(5_000, 1),
  durationMs: 5_700,
  units: [
    {
      id: 'integration-cart#1/2',
      estimateMs: 2_600,
      shard: { index: 1, of: 2 },
      files: ['suites/cart/a.test.ts', 'suites/cart/b.test.ts'],
      status: 'passed',
    },
    {
      id: 'integration-cart#2/2',
      estimateMs: 2_400,
      shard: { index: 2, of: 2 },
      files: ['suites/cart/c.test.ts'],
      status: 'passed',
    },
  ],
  attempts: [
    ran('integration-cart#1/2', 2_100, 2_700, 0),
    ran('integration-cart#2/2', 2_150, 1_900, 1, { status: 'failed', stdout: STDOUT, stderr: STDERR }),
    ran('integration-cart#2/2', 5_100, 3_000, 1, { ordinal: 2 }),
  ],
  cases: [
    ...passes('cart › orders', 9),
    sampleCase('cart › orders › ships to two places', {
      attempts: 2,
      earlierErrors: [
        {
          message: 'port 41873 is taken',
          stack: 'Error: port 41873 is taken\n    at listen (libs/cart/src/server.ts:12:9)',
        },
      ],
    }),
  ],
})

const quarantined = sampleSuite('unit-cart', {
  durationMs: 1_800,
  plan: plan(900),
  slow: true,
  attempts: [ran('unit-cart', 200, 1_800, 0)],
  cases: [
    ...passes('cart › totals', 12),
    sampleCase('cart › clock › survives a leap second', {
      status: 'failed',
      quarantined: 'owner ada, until 2026-03-01: fails at midnight',
      error: {
        message: 'expected 60 to equal 59',
        stack: 'AssertionError: expected 60 to equal 59\n    at x (a.ts:1:1)',
      },
    }),
  ],
})

const partly = sampleSuite('unit-search', {
  durationMs: 310,
  plan: plan(2_000),
  attempts: [ran('unit-search', 210, 310, 1)],
  cases: [
    sampleCase('search › finds an umlaut'),
    ...Array.from({ length: 7 }, (_, index) =>
      sampleCase(`search › case ${index + 1}`, { notRerun: true, notRerunFrom: RUN_BEFORE }),
    ),
  ],
})

const BUDGET = 'the budget of 10 s is used up'

/** What only a scheduler with opinions makes: shards, retries, quarantine, a partial rerun, a halt, a missing board. */
export const busyRecord = (): RunRecord =>
  sampleRun(
    [
      quarantined,
      partly,
      split,
      sampleSuite('e2e-checkout', {
        kind: 'e2e',
        dependsOn: ['integration-cart'],
        plan: plan(1_500, 2),
        durationMs: 1_500,
        attempts: [ran('e2e-checkout', 8_200, 1_500, 0)],
      }),
      sampleSuite('hardware-scale', {
        kind: 'hardware',
        status: 'no-device',
        message: 'no machine of this run has the labels pi, scale',
        durationMs: 0,
        cases: [],
        attempts: [],
      }),
      ...['load-cart', 'load-search', 'chaos-network'].map((name) =>
        sampleSuite(name, {
          kind: 'load',
          status: 'skipped',
          message: BUDGET,
          durationMs: 0,
          cases: [],
          attempts: [],
        }),
      ),
    ],
    {
      verdict: 'error',
      halted: BUDGET,
      budgetMs: 10_000,
      objective: 'feedback',
      utilisation: 0.61,
      finishedAt: START + 9_800,
    },
  )
