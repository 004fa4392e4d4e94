import { confirm, type BaselineFile } from '@muster/baselines'
import { compareValues, noiseFloors, toRecord, type ComparedValue } from '@muster/engine/baselines'
import type { ToldComparison } from './comparison-table.ts'
import { keyOf, type SuiteMeasurement } from './measurements.ts'

/** A suite's measurements, each with what became of it. */
export interface ComparedSuite {
  readonly measured: SuiteMeasurement
  readonly compared: readonly ComparedValue[]
}

/** What was measured, held against one file for each suite. */
export async function compareMeasured(
  root: string,
  all: readonly SuiteMeasurement[],
  fileOf: (suite: string) => BaselineFile,
): Promise<readonly ComparedSuite[]> {
  return Promise.all(
    all.map(async (measured) => {
      const { suite, measurement, values } = measured
      const { machine } = measurement
      const noiseOf = await noiseFloors(root, suite.id, machine)
      const compared = compareValues(values, fileOf(suite.id), { machine, policy: suite.measure, noiseOf })
      return { measured, compared }
    }),
  )
}

export const isSuspect = ({ compared }: ComparedSuite): boolean =>
  compared.some(({ comparison }) => comparison?.verdict === 'regression')

/** Each suspicion confirmed or dropped by what was measured again. */
export function confirmAll(
  first: readonly ComparedSuite[],
  again: readonly ComparedSuite[],
): readonly ComparedSuite[] {
  return first.map((suite) => {
    const rerun = again.find(({ measured }) => measured.suite.id === suite.measured.suite.id)
    const byKey = new Map(rerun?.compared.map((each) => [keyOf(each.value), each.comparison]))
    const compared = suite.compared.map((each) => {
      if (each.comparison?.verdict !== 'regression') return each
      const second = byKey.get(keyOf(each.value)) ?? {
        verdict: 'too-few-samples' as const,
        reason: 'it was not measured again',
      }
      return { ...each, comparison: confirm(each.comparison, second) }
    })
    return { ...suite, compared }
  })
}

export const toldOf = (suites: readonly ComparedSuite[]): readonly ToldComparison[] =>
  suites.flatMap(({ measured, compared }) =>
    compared.map((each) => ({ suite: measured.suite.id, ...toRecord(each) })),
  )

/** Those that fail the command: confirmed, and of suites that want it so. */
export const failing = (suites: readonly ComparedSuite[]): number =>
  suites
    .filter(({ measured }) => measured.suite.measure.onRegression === 'fail')
    .flatMap(({ compared }) => compared)
    .filter(({ comparison }) => comparison?.verdict === 'regression').length
