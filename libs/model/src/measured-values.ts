import type { Measurement } from './measurement.ts'
import { caseName, type Metric, type TestCase } from './test-case.ts'

/** A metric that can be held against a baseline. */
export interface MeasuredValue {
  /** Full name of the test case; empty: the suite as a whole. */
  readonly benchmark: string
  readonly metric: string
  readonly unit: string
  readonly better: 'lower' | 'higher'
  readonly value: number
  /** At least one. */
  readonly samples: readonly number[]
}

/** What was measured with samples and a direction: of the suite as a whole, then of its test cases that passed. */
export function measuredValues(
  { metrics }: Pick<Measurement, 'metrics'>,
  cases: readonly TestCase[],
): readonly MeasuredValue[] {
  return [
    ...valuesOf('', metrics),
    ...cases.flatMap((each) =>
      each.status === 'passed' && each.metrics ? valuesOf(caseName(each), each.metrics) : [],
    ),
  ]
}

const valuesOf = (benchmark: string, metrics: Readonly<Record<string, Metric>>): MeasuredValue[] =>
  Object.entries(metrics).flatMap(([metric, { value, unit = '', better, samples = [] }]) =>
    better === undefined || samples.length === 0 ? [] : [{ benchmark, metric, unit, better, value, samples }],
  )
