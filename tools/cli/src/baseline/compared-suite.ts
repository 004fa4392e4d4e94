import { confirm } from '@muster/baselines'
import { toRecord, type ComparedValue } from '@muster/engine/baselines'
import type { BaselineComparison } from '@muster/model'
import { keyOf, type SuiteMeasurement } from './measurements.ts'

/** A suite's measurements, each with what became of it. */
export interface ComparedSuite {
  readonly measured: SuiteMeasurement
  readonly compared: readonly ComparedValue[]
}

export interface ToldComparison extends BaselineComparison {
  readonly suite: string
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
    const byKey = new Map(rerun?.compared.map((each) => [keyOf(each.value), each]))
    return {
      ...suite,
      compared: suite.compared.map((each) => confirmOne(each, byKey.get(keyOf(each.value)))),
    }
  })
}

/** What is told are the rerun's figures, and so its samples are shown. */
function confirmOne(first: ComparedValue, rerun: ComparedValue | undefined): ComparedValue {
  if (first.comparison?.verdict !== 'regression') return first
  const second = rerun?.comparison ?? {
    verdict: 'too-few-samples' as const,
    reason: 'it was not measured again',
  }
  const comparison = confirm(first.comparison, second)
  return {
    ...first,
    ...('p' in second && rerun),
    comparison,
    ...(comparison.verdict === 'regression' && { confirmed: true as const }),
  }
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
    .filter(({ confirmed }) => confirmed).length
