import type { RunRecord } from '@muster/model'
import { benchmarkName, performanceFindings, VERDICT_WORDS } from '../facts/performance.ts'
import { formatChange, formatMetric } from '../text/format-metric.ts'
import { plainLine } from '../text/plain-text.ts'

const SYMBOLS: Readonly<Record<string, string>> = { regression: '🔺', improvement: '🟢', unchanged: '✅' }

/** What was measured and what became of it, gravest first. */
export function performanceView(record: RunRecord, limit: number) {
  const findings = performanceFindings(record)
  return {
    hasPerformance: findings.length > 0,
    performance: findings.slice(0, limit).map(({ suite, comparison }) => {
      const { verdict, change, base, current, unit, reason } = comparison
      return {
        symbol: SYMBOLS[verdict] ?? '❔',
        suite: plainLine(suite.name),
        benchmark: plainLine(benchmarkName(comparison)),
        base: base ? formatMetric(base.median, unit) : '',
        current: formatMetric(current.median, unit),
        change: change ? formatChange(change.ratio) : '',
        interval: change ? `${formatChange(change.low)} … ${formatChange(change.high)}` : '',
        verdict: VERDICT_WORDS[verdict],
        reason: plainLine(reason),
      }
    }),
    omittedPerformance: Math.max(0, findings.length - limit),
  }
}
