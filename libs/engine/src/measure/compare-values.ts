import {
  compare,
  correct,
  describe,
  findEntry,
  type BaselineEntry,
  type BaselineFile,
  type BaselineLookup,
  type Comparison,
  type NoiseFloor,
} from '@muster/baselines'
import type { BaselineComparison, Measure, MeasuredSide, MeasuredValue } from '@muster/model'

/** How much runs of the same code differ, where that is known. */
export type NoiseOf = (value: MeasuredValue) => NoiseFloor | undefined

/** A value with what a comparison said of it; without one it is said why there is none. */
export interface ComparedValue {
  readonly value: MeasuredValue
  readonly entry?: BaselineEntry
  /** Of another revision, where no baseline is asked. */
  readonly baseSamples?: readonly number[]
  readonly comparison?: Comparison
  /** A regression that a rerun has shown as well. */
  readonly confirmed?: true
  readonly answer?: {
    readonly verdict: 'no-baseline' | 'other-machine' | 'unusable'
    readonly reason: string
  }
}

export interface CompareSetting {
  /** Class of the machine that measured. */
  readonly machine: string
  readonly policy: Measure
  readonly noiseOf?: NoiseOf
}

/** Everything that a suite measured, held against its baselines; corrected for how many they are. Pure. */
export function compareValues(
  values: readonly MeasuredValue[],
  file: BaselineFile,
  { machine, policy, noiseOf }: CompareSetting,
): readonly ComparedValue[] {
  const compared = values.map((value): ComparedValue => {
    const { benchmark, metric } = value
    const found = findEntry(file, { benchmark: nameOf(benchmark), metric, machineClass: machine })
    if (found.found !== 'entry') return { value, answer: noEntry(found, machine) }
    const { entry } = found
    if (entry.unit !== (value.unit || UNITLESS) || entry.better !== value.better)
      return { value, entry, answer: { verdict: 'unusable', reason: changedUnit(entry, value) } }
    const noiseFloor = noiseOf?.(value)
    const comparison = compare({
      base: entry.samples,
      current: value.samples,
      better: value.better,
      effectThreshold: policy.threshold,
      ...(noiseFloor && { noiseFloor }),
    })
    return { value, entry, comparison }
  })
  return corrected(compared)
}

/** The suite as a whole has a name in the file, where empty names aren't allowed, and so has the unit of plain numbers. */
export const WHOLE_SUITE = '(suite)'
export const UNITLESS = '1'
export const nameOf = (benchmark: string): string => (benchmark === '' ? WHOLE_SUITE : benchmark)

/** Among so many comparisons some differ by chance. */
export function corrected(compared: readonly ComparedValue[]): readonly ComparedValue[] {
  const told = correct(compared.flatMap(({ comparison }) => comparison ?? []))
  let next = 0
  return compared.map((each) => (each.comparison ? { ...each, comparison: told[next++]! } : each))
}

function noEntry(
  found: Exclude<BaselineLookup, { found: 'entry' }>,
  machine: string,
): NonNullable<ComparedValue['answer']> {
  if (found.found === 'no-baseline')
    return { verdict: 'no-baseline', reason: 'it has no baseline yet: npx muster baseline update' }
  const classes = found.classes.map((each) => `"${each}"`).join(', ')
  return {
    verdict: 'other-machine',
    reason: `its baseline is of ${classes}, and this machine is "${machine}"; numbers of different machines say nothing about the code`,
  }
}

const changedUnit = (entry: BaselineEntry, { unit, better }: MeasuredValue): string =>
  entry.unit === (unit || UNITLESS)
    ? `${better} is better now, and ${entry.better} in the baseline; update it if that is meant`
    : `it is measured in ${unit || 'no unit'} now, and the baseline is in ${entry.unit}; update it if that is meant`

/** As a run keeps it. */
export function toRecord({
  value,
  entry,
  baseSamples,
  comparison,
  confirmed,
  answer,
}: ComparedValue): BaselineComparison {
  const { benchmark, metric, unit, better, samples } = value
  const { verdict, reason } = comparison ?? answer!
  // Numbers of another unit are nothing to show beside these.
  const sameUnit = entry === undefined || entry.unit === (unit || UNITLESS)
  const base = sameUnit ? (entry?.samples ?? baseSamples) : undefined
  return {
    benchmark,
    metric,
    unit,
    better,
    verdict,
    reason,
    ...(confirmed && { confirmed }),
    ...(comparison &&
      'p' in comparison && {
        change: {
          ratio: comparison.ratio,
          low: comparison.interval.low,
          high: comparison.interval.high,
          confidence: comparison.interval.confidence,
          p: comparison.p,
          delta: comparison.delta,
        },
      }),
    current: sideOf(samples),
    ...(base && { base: sideOf(base) }),
    ...(entry && { baseRecordedAt: entry.recordedAt }),
    ...(entry?.commit !== undefined && { baseCommit: entry.commit }),
  }
}

function sideOf(samples: readonly number[]): MeasuredSide {
  const figures = describe(samples)
  const [first = 0] = samples
  if (!figures.ok) return { median: first, low: first, high: first, samples }
  const { median, interval } = figures.value
  return { median, low: interval.low, high: interval.high, samples }
}
