import { benchmarkName, byGravity, formatChange, formatMetric, verdictWords } from '@muster/report'
import { table } from '../table.ts'
import type { ToldComparison } from './compared-suite.ts'

/** Longer tables are read for what is not as it was. */
const LONG = 20

/**
 * One row a measurement, gravest first; under it the reason, where the verdict isn't plain. Of many, those that are unchanged
 * are left out. Empty when nothing is left.
 */
export function comparisonTable(comparisons: readonly ToldComparison[], base = 'BASELINE'): string {
  const sorted = comparisons.toSorted(byGravity)
  const shown = sorted.length > LONG ? sorted.filter(({ verdict }) => verdict !== 'unchanged') : sorted
  if (shown.length === 0) return ''
  const rows = shown.map((each) => {
    const { unit, change } = each
    return [
      verdictWords(each),
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
  return [header, ...lines.flatMap((line, index) => withReason(line, shown, index))].join('\n')
}

/** What several rows in a run have in common is said once, under the last of them. */
function withReason(line: string, shown: readonly ToldComparison[], index: number): readonly string[] {
  const { verdict, reason } = shown[index]!
  const isRepeated = shown[index + 1]?.reason === reason
  return verdict === 'unchanged' || isRepeated ? [line] : [line, `    ${reason}`]
}
