import type { RunRecord } from '@muster/model'
import {
  benchmarkName,
  performanceFindings,
  verdictWords,
  type PerformanceFinding,
} from '../facts/performance.ts'
import { counted } from '../text/counted.ts'
import { formatChange, formatMetric } from '../text/format-metric.ts'
import { plainLine } from '../text/plain-text.ts'
import type { Style } from './style.ts'

const MOST = 20

/** A line for each benchmark that changed or can't be told, and how many didn't. Empty where nothing was measured. */
export function performanceLines(record: RunRecord, style: Style): string[] {
  const findings = performanceFindings(record)
  const quiet = findings.filter(({ comparison }) => isQuiet(comparison.verdict))
  const loud = findings.filter((each) => !quiet.includes(each))
  const count = (verdict: string): number =>
    quiet.filter((each) => each.comparison.verdict === verdict).length
  const without = count('no-baseline')
  const facts = [
    ...(count('unchanged') > 0 ? [`${counted(count('unchanged'), 'measurement')} unchanged`] : []),
    ...(without > 0
      ? [`${counted(without, 'measurement')} without a baseline (npx muster baseline update)`]
      : []),
  ]
  return [
    ...loud.slice(0, MOST).map((each) => findingLine(each, style)),
    ...(loud.length > MOST ? [style.dim(`… and ${loud.length - MOST} more; the report has them all`)] : []),
    ...(facts.length > 0 ? [style.dim(facts.join(', '))] : []),
  ]
}

const isQuiet = (verdict: string): boolean => verdict === 'unchanged' || verdict === 'no-baseline'

function findingLine({ suite, comparison }: PerformanceFinding, style: Style): string {
  const { verdict, change, base, current, unit } = comparison
  const name = `${plainLine(suite.name)}: ${plainLine(benchmarkName(comparison))}`
  const numbers =
    change && base
      ? ` ${formatChange(change.ratio)} (${formatMetric(base.median, unit)} → ${formatMetric(current.median, unit)})`
      : ''
  const paint = verdict === 'regression' ? style.bad : verdict === 'improvement' ? style.good : style.warn
  return `${name}: ${paint(`${verdictWords(comparison)}${numbers}`)}`
}
