import type { BaselineComparison, BaselineVerdict, RunRecord, SuiteRecord } from '@muster/model'

export interface PerformanceFinding {
  readonly suite: SuiteRecord
  readonly comparison: BaselineComparison
}

/** What somebody may have to act upon comes first. */
const ORDER: readonly BaselineVerdict[] = [
  'regression',
  'improvement',
  'unusable',
  'too-noisy',
  'too-few-samples',
  'other-machine',
  'no-baseline',
  'unchanged',
]

export const VERDICT_WORDS: Readonly<Record<BaselineVerdict, string>> = {
  regression: 'regression',
  improvement: 'improvement',
  unchanged: 'unchanged',
  'too-noisy': 'too noisy to say',
  'too-few-samples': 'too few samples',
  unusable: 'not comparable',
  'no-baseline': 'no baseline',
  'other-machine': 'other machine class',
}

/** Everything that was measured and held against a baseline, gravest verdict first, else in the record's order. */
export const performanceFindings = (record: RunRecord): readonly PerformanceFinding[] =>
  record.suites
    .flatMap((suite) => (suite.comparisons ?? []).map((comparison) => ({ suite, comparison })))
    .toSorted((a, b) => ORDER.indexOf(a.comparison.verdict) - ORDER.indexOf(b.comparison.verdict))

/** `codec › parse`, and the metric where it isn't the duration of a benchmark. */
export function benchmarkName({ benchmark, metric }: BaselineComparison): string {
  if (benchmark === '') return metric
  return metric === 'duration' ? benchmark : `${benchmark} (${metric})`
}
