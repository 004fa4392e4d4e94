import { loadWarning } from '@muster/engine/baselines'
import {
  measuredValues,
  type MeasuredValue,
  type Measurement,
  type RunRecord,
  type SuiteRecord,
} from '@muster/model'
import type { MeasuredSuite } from './measured-suites.ts'

/** What was measured of a suite, in one run or several. */
export interface SuiteMeasurement {
  readonly suite: MeasuredSuite
  /** The latest. */
  readonly measurement: Measurement
  readonly values: readonly MeasuredValue[]
}

export interface Measurements {
  readonly measured: readonly SuiteMeasurement[]
  /** Suites that could not be measured, and why. */
  readonly missing: readonly string[]
  /** What their runs said of them, and how busy the machine was: a line each. */
  readonly warnings: readonly string[]
}

/** What runs measured; samples of several runs are put together in their order. */
export function measurementsOf(
  suites: readonly MeasuredSuite[],
  records: readonly RunRecord[],
): Measurements {
  const measured: SuiteMeasurement[] = []
  const missing: string[] = []
  const warnings: string[] = []
  for (const suite of suites) {
    const found = records.flatMap(({ suites: all }) => all.filter(({ name }) => name === suite.id))
    const bad = found.find(({ status }) => status !== 'passed')
    const measurements = found.flatMap((each) => (each.measurement ? [each.measurement] : []))
    const last = measurements.at(-1)
    warnings.push(...warningsOf(suite.id, measurements, records))
    if (bad) missing.push(`${suite.id}: ${whatHappened(bad)}`)
    else if (!last) missing.push(`${suite.id}: the run has no measurement of it`)
    else {
      const values = pooled(
        found.flatMap(({ measurement, cases }) => (measurement ? [measuredValues(measurement, cases)] : [])),
      )
      measured.push({ suite, measurement: last, values })
    }
  }
  return { measured, missing, warnings }
}

/** The first thing that failed says more than how many did. */
function whatHappened({ status, message, cases }: SuiteRecord): string {
  const reason = cases.find((each) => each.status === 'failed')?.error?.message.split('\n', 1)[0]
  return [status, message, reason].filter((part) => part !== undefined && part !== '').join(': ')
}

/** Each once, however many runs there were; of the load the worst. */
function warningsOf(
  suite: string,
  measurements: readonly Measurement[],
  records: readonly RunRecord[],
): readonly string[] {
  const said = records.flatMap(({ notes }) =>
    notes.flatMap((note) => (note.level === 'warning' && note.suite === suite ? [note.message] : [])),
  )
  const ofLoad = new Set(measurements.flatMap(({ othersCpus }) => loadWarning(othersCpus)))
  const worst = Math.max(0, ...measurements.map(({ othersCpus }) => othersCpus ?? 0))
  const others = new Set(said.filter((message) => !ofLoad.has(message)))
  return [...others, ...loadWarning(worst)].map((message) => `${suite}: ${message}`)
}

export const keyOf = ({ benchmark, metric }: Pick<MeasuredValue, 'benchmark' | 'metric'>): string =>
  JSON.stringify([benchmark, metric])

/** A unit that changed in between begins anew. */
function pooled(rounds: readonly (readonly MeasuredValue[])[]): readonly MeasuredValue[] {
  const all = new Map<string, MeasuredValue>()
  for (const value of rounds.flat()) {
    const known = all.get(keyOf(value))
    const samples = known?.unit === value.unit ? [...known.samples, ...value.samples] : value.samples
    all.set(keyOf(value), { ...value, samples })
  }
  return [...all.values()]
}
