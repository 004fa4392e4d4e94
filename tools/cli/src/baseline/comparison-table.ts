import { VERDICT_WORDS, benchmarkName, formatChange, formatMetric } from '@muster/report'
import type { BaselineComparison } from '@muster/model'
import { table } from '../table.ts'

export interface ToldComparison extends BaselineComparison {
  readonly suite: string
}

/** One row a measurement; under it the reason, where the verdict isn't plain. */
export function comparisonTable(comparisons: readonly ToldComparison[], base = 'BASELINE'): string {
  const rows = comparisons.map((each) => {
    const { unit, change } = each
    return [
      VERDICT_WORDS[each.verdict],
      change ? formatChange(change.ratio) : '',
      change ? `${formatChange(change.low)} … ${formatChange(change.high)}` : '',
      each.base ? formatMetric(each.base.median, unit) : '',
      formatMetric(each.current.median, unit),
      `${each.suite}: ${benchmarkName(each)}`,
    ]
  })
  const [header = '', ...lines] = table(
    ['VERDICT', 'CHANGE', 'INTERVAL', base, 'NOW', 'BENCHMARK'],
    rows,
  ).split('\n')
  const told = lines.flatMap((line, index) => {
    const { verdict, reason } = comparisons[index]!
    return verdict === 'unchanged' ? [line] : [line, `    ${reason}`]
  })
  return [header, ...told].join('\n')
}

/** `3 unchanged, 1 regression` */
export function countVerdicts(comparisons: readonly BaselineComparison[]): string {
  const counts = new Map<string, number>()
  for (const { verdict } of comparisons) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  return [...counts]
    .map(([verdict, count]) => `${count} ${VERDICT_WORDS[verdict as BaselineComparison['verdict']]}`)
    .join(', ')
}
