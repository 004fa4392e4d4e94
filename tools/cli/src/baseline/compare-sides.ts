import { compare } from '@muster/baselines'
import { corrected, nameOf, type ComparedValue } from '@muster/engine/baselines'
import type { MeasuredValue } from '@muster/model'
import type { ComparedSuite } from './compared-suite.ts'
import type { MeasuredSuite } from './measured-suites.ts'
import { keyOf, type Measurements } from './measurements.ts'
import { namesInWords } from './names-in-words.ts'

/** What two revisions measured. */
export interface Sides {
  readonly base: Measurements
  readonly current: Measurements
}

/** The working tree's measurements held against those of a base. Pure. */
export const compareSides = ({ base, current }: Sides): readonly ComparedSuite[] =>
  current.measured.map((measured) => {
    const { suite, values } = measured
    const before = base.measured.find((each) => each.suite.id === suite.id)?.values
    const byKey = new Map(before?.map((value) => [keyOf(value), value]))
    const compared = values.map((value) => compareOne(value, byKey.get(keyOf(value)), suite))
    return { measured, compared: corrected(compared) }
  })

function compareOne(
  value: MeasuredValue,
  before: MeasuredValue | undefined,
  { measure }: MeasuredSuite,
): ComparedValue {
  if (!before) return { value, answer: { verdict: 'no-baseline', reason: 'the base did not measure it' } }
  if (before.unit !== value.unit || before.better !== value.better) {
    const reason = `the base measures it in ${before.unit || 'no unit'}, where ${before.better} is better`
    return { value, answer: { verdict: 'unusable', reason } }
  }
  const comparison = compare({
    base: before.samples,
    current: value.samples,
    better: value.better,
    effectThreshold: measure.threshold,
  })
  return { value, baseSamples: before.samples, comparison }
}

/** Of each suite that measured more in the base, a line. */
export const goneSinceBase = ({ base, current }: Sides): readonly string[] =>
  base.measured.flatMap(({ suite, values }) => {
    const now = current.measured.find((each) => each.suite.id === suite.id)
    const known = new Set(now?.values.map(keyOf))
    const gone = now ? values.filter((value) => !known.has(keyOf(value))) : []
    if (gone.length === 0) return []
    const names = gone.map(({ benchmark, metric }) => `${nameOf(benchmark)} (${metric})`)
    return [`${suite.id}: measured in the base only: ${namesInWords(names)}`]
  })
