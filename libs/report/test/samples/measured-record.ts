import type { BaselineComparison, RunRecord } from '@muster/model'
import { passes, sampleRun, sampleSuite } from './sample-record.ts'

const OFFSETS = [3, -4, 1, -2, 5, 0, -5, 2, -1, 4]

export const samplesAround = (middle: number): number[] => OFFSETS.map((each) => middle * (1 + each / 100))

const side = (median: number): BaselineComparison['current'] => ({
  median,
  low: median * 0.97,
  high: median * 1.03,
  samples: samplesAround(median),
})

export const sampleComparison = (change: Partial<BaselineComparison> = {}): BaselineComparison => ({
  benchmark: 'codec › parse <b>',
  metric: 'duration',
  unit: 'ms',
  better: 'lower',
  verdict: 'unchanged',
  reason: 'it takes as long as before',
  change: { ratio: 1.004, low: 0.98, high: 1.02, confidence: 0.99, p: 0.6, delta: 0.04 },
  current: side(1.004),
  base: side(1),
  baseRecordedAt: '2026-01-20T10:00:00.000Z',
  ...change,
})

/** A run with a measured suite, one comparison of each kind of verdict. */
export function measuredRecord(): RunRecord {
  const { change: _change, base: _base, ...bare } = sampleComparison()
  const comparisons: BaselineComparison[] = [
    sampleComparison(),
    sampleComparison({
      benchmark: 'codec › write',
      verdict: 'regression',
      reason: 'it takes 48.0 % longer, surely more than 15 %',
      change: { ratio: 1.48, low: 1.42, high: 1.55, confidence: 0.99, p: 0.0001, delta: 1 },
      current: side(0.000_061),
      base: side(0.000_041),
    }),
    sampleComparison({
      benchmark: '',
      metric: 'peak-memory',
      unit: 'B',
      verdict: 'improvement',
      change: { ratio: 0.5, low: 0.45, high: 0.55, confidence: 0.99, p: 0.0001, delta: -1 },
      current: side(60e6),
      base: side(120e6),
    }),
    { ...bare, benchmark: 'codec › new', verdict: 'no-baseline', reason: 'it has no baseline yet' },
    { ...bare, benchmark: 'codec › one', verdict: 'too-few-samples', current: { ...side(1), samples: [1] } },
  ]
  const measurement = {
    machine: 'linux-x64 amd-epyc 2c 8g',
    environment: { cpu: 'AMD EPYC', cores: 2, runtime: 'node 20.20.2', load: 1.4 },
    commit: '0123456789ab',
    othersCpus: 1.3,
    policy: { usage: [], threshold: 0.15, onRegression: 'fail' },
    metrics: {},
  } as const
  const suite = sampleSuite('bench-codec', { kind: 'performance', cases: passes('codec', 2) })
  return sampleRun([{ ...suite, measurement, comparisons }, sampleSuite('unit-cart')])
}
