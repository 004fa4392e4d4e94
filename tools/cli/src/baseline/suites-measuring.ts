import { readEvidence } from '@muster/engine'
import { measuredValues, type MeasuredValue } from '@muster/model'
import type { MeasuredSuite } from './measured-suites.ts'

/** Those of the suites that measured something of this kind when they ran last; all where none is known to. */
export async function suitesMeasuring(
  root: string,
  suites: readonly MeasuredSuite[],
  wanted: (value: MeasuredValue) => boolean,
): Promise<readonly MeasuredSuite[]> {
  const known: MeasuredSuite[] = []
  for (const suite of suites) {
    const evidence = await readEvidence(root, suite.id)
    const measurement = evidence.ok ? evidence.value.evidence.measurement : undefined
    if (evidence.ok && measurement && measuredValues(measurement, evidence.value.cases).some(wanted))
      known.push(suite)
  }
  return known.length > 0 ? known : suites
}
