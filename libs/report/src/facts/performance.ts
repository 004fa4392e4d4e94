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

const WORDS: Readonly<Record<BaselineVerdict, string>> = {
  regression: 'suspected regression',
  improvement: 'improvement',
  unchanged: 'unchanged',
  'too-noisy': 'too noisy to say',
  'too-few-samples': 'too few samples',
  unusable: 'not comparable',
  'no-baseline': 'no baseline',
  'other-machine': 'other machine class',
}

/** A regression is a suspicion until a rerun has confirmed it. */
export const verdictWords = ({
  verdict,
  confirmed,
}: Pick<BaselineComparison, 'verdict' | 'confirmed'>): string =>
  verdict === 'regression' && confirmed ? 'regression' : WORDS[verdict]

/** `1 regression, 3 unchanged`, gravest first. */
export function countVerdicts(comparisons: readonly BaselineComparison[]): string {
  const counts = new Map<string, number>()
  for (const each of comparisons.toSorted(byGravity)) {
    const words = verdictWords(each)
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  return [...counts].map(([words, count]) => `${count} ${words}`).join(', ')
}

/** For sorting: gravest verdict first. */
export const byGravity = (a: BaselineComparison, b: BaselineComparison): number =>
  ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict)

/** Everything that was measured and held against a baseline, gravest verdict first, else in the record's order. */
export const performanceFindings = (record: RunRecord): readonly PerformanceFinding[] =>
  record.suites
    .flatMap((suite) => (suite.comparisons ?? []).map((comparison) => ({ suite, comparison })))
    .toSorted((a, b) => byGravity(a.comparison, b.comparison))

/** `codec › parse`, and the metric where it isn't the duration of a benchmark. */
export function benchmarkName({ benchmark, metric }: BaselineComparison): string {
  if (benchmark === '') return metric
  return metric === 'duration' ? benchmark : `${benchmark} (${metric})`
}

/** How many measurements have become worse, as a rerun has shown as well. */
export const confirmedRegressions = (suites: readonly SuiteRecord[]): number =>
  suites.flatMap(({ comparisons = [] }) => comparisons).filter(({ confirmed }) => confirmed).length
