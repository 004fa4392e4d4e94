import {
  measuredValues,
  type BaselineComparison,
  type Measurement,
  type RunEventBody,
  type SuiteId,
  type TestCase,
} from '@muster/model'
import { readBaselines } from './baseline-store.ts'
import { noiseFloors } from './noise-floors.ts'

/** What a suite measured, held against its committed baselines; else what is wrong with their file. */
async function compareSuite(
  root: string,
  suite: SuiteId,
  measurement: Measurement,
  cases: readonly TestCase[],
): Promise<readonly BaselineComparison[] | string> {
  const file = await readBaselines(root, suite)
  if (!file.ok) return file.error
  const { compareValues, toRecord } = await import('./compare-values.ts')
  const { machine, policy } = measurement
  const noiseOf = await noiseFloors(root, suite, machine)
  const values = measuredValues(measurement, cases)
  return compareValues(values, file.value, { machine, policy, noiseOf }).map(toRecord)
}

/** The events that tell it; none for a suite that doesn't measure. Never fails the run. */
export async function comparedEvents(
  root: string,
  suite: SuiteId,
  measurement: Measurement | undefined,
  cases: readonly TestCase[],
): Promise<readonly RunEventBody[]> {
  if (measurement === undefined) return []
  const comparisons = await compareSuite(root, suite, measurement, cases).catch((error: unknown) =>
    String(error),
  )
  if (typeof comparisons === 'string') {
    const message = `it is not compared with its baseline: ${comparisons}`
    return [{ kind: 'note', level: 'warning', suite, message }]
  }
  return comparisons.length === 0 ? [] : [{ kind: 'baseline-compared', suite, comparisons }]
}
