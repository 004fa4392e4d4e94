import type { RunRecord } from '@muster/model'
import { benchmarkName, countVerdicts, performanceFindings, verdictWords } from '../facts/performance.ts'
import { formatChange, formatMetric } from '../text/format-metric.ts'
import { plainLine } from '../text/plain-text.ts'

const SYMBOLS: Readonly<Record<string, string>> = { regression: '🔺', improvement: '🟢', unchanged: '✅' }

/** Longer lists are read for what is not as it was. */
const LONG = 20

/** What was measured and what became of it, gravest first. Of many, those that are unchanged are only counted. */
export function performanceView(record: RunRecord, limit: number) {
  const findings = performanceFindings(record)
  const told =
    findings.length > LONG
      ? findings.filter(({ comparison }) => comparison.verdict !== 'unchanged')
      : findings
  return {
    hasPerformance: findings.length > 0,
    performanceCounts: countVerdicts(findings.map(({ comparison }) => comparison)),
    hasPerformanceRows: told.length > 0,
    performance: told.slice(0, limit).map(({ suite, comparison }) => {
      const { verdict, change, base, current, unit, reason } = comparison
      return {
        symbol: SYMBOLS[verdict] ?? '❔',
        suite: plainLine(suite.name),
        benchmark: plainLine(benchmarkName(comparison)),
        base: base ? formatMetric(base.median, unit) : '',
        current: formatMetric(current.median, unit),
        change: change ? formatChange(change.ratio) : '',
        interval: change ? `${formatChange(change.low)} … ${formatChange(change.high)}` : '',
        verdict: verdictWords(comparison),
        reason: plainLine(reason),
      }
    }),
    omittedPerformance: Math.max(0, told.length - limit),
  }
}
