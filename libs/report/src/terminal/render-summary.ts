import type { RunRecord, SuiteRecord } from '@muster/model'
import { flakyFindings } from '../facts/flaky-findings.ts'
import { runFacts, type RunFacts } from '../facts/run-facts.ts'
import { failedCount, quarantinedCases } from '../facts/suite-facts.ts'
import { counted } from '../text/counted.ts'
import { coverageLine } from '../text/coverage-line.ts'
import { formatDuration } from '../text/format-duration.ts'
import { flakyLines, quarantineLines } from './doubtful-lines.ts'
import { performanceLines } from './performance-lines.ts'
import { PLAIN_STYLE, type Style } from './style.ts'
import { suiteFailure } from './suite-failure.ts'
import { summaryRemarks } from './summary-remarks.ts'
import { testsLine } from './tests-line.ts'

const MAX_FAILURES = 50
/** Of flaky tests, and of those in quarantine. */
const MAX_DOUBTFUL = 20

export interface SummaryOptions {
  /** Absolute workspace root, to shorten paths in stacks. */
  readonly root: string
  readonly style?: Style
  /** As printed; null when no report was written. */
  readonly report?: string | null
}

/**
 * The end of a run. Failures come last but for the facts, so that they are on the screen when the run ends;
 * the very last line is `Tests: N passed, N failed, N skipped` and what else there is, plain, for people and scripts.
 * Ends with a newline.
 */
export function renderSummary(record: RunRecord, options: SummaryOptions): string {
  const style = options.style ?? PLAIN_STYLE
  const facts = runFacts(record)
  const report = options.report === undefined ? 'reports/latest/index.html' : options.report
  const remarks = summaryRemarks(record, facts, style)
  return [
    '',
    ...quarantineBlock(record, style),
    ...flakyBlock(record, style),
    ...performanceBlock(record, style),
    ...failureBlocks(facts.troubled, style, options.root),
    ...remarks,
    ...(remarks.length > 0 ? [''] : []),
    verdictLine(record, facts, style),
    ...(report === null ? [] : [`Report: ${report}`]),
    ...(record.coverage ? [coverageLine(record.coverage)] : []),
    suitesLine(record, facts),
    testsLine(record.totals),
    '',
  ].join('\n')
}

function failureBlocks(suites: readonly SuiteRecord[], style: Style, root: string): string[] {
  if (suites.length === 0) return []
  let left = MAX_FAILURES
  const lines = [heading('Failures', style), '']
  for (const suite of suites) {
    lines.push(...suiteFailure(suite, style, { root, limit: left }), '')
    left = Math.max(0, left - failedCount(suite))
  }
  return [...lines, style.dim(style.symbols.barRest.repeat(Math.min(style.width, 60))), '']
}

function quarantineBlock(record: RunRecord, style: Style): string[] {
  const entries = record.suites.flatMap((suite) => quarantinedCases(suite).map((each) => ({ suite, each })))
  const lines = entries
    .slice(0, MAX_DOUBTFUL)
    .flatMap(({ suite, each }) => quarantineLines(suite, each, style))
  return block('In quarantine', lines, entries.length - MAX_DOUBTFUL, style)
}

function flakyBlock(record: RunRecord, style: Style): string[] {
  const findings = flakyFindings(record)
  const lines = findings.slice(0, MAX_DOUBTFUL).flatMap((finding) => flakyLines(finding, style))
  return block('Flaky', lines, findings.length - MAX_DOUBTFUL, style)
}

/** What is suspected here is confirmed by a rerun: `muster baseline compare`. */
function performanceBlock(record: RunRecord, style: Style): string[] {
  const lines = performanceLines(record, style)
  return block('Performance', lines, 0, style)
}

function block(title: string, lines: readonly string[], rest: number, style: Style): string[] {
  if (lines.length === 0) return []
  const more = rest > 0 ? [style.dim(`… and ${rest} more; the report has them all`)] : []
  return [heading(title, style), '', ...lines, ...more, '']
}

function heading(text: string, style: Style): string {
  const rule = style.symbols.barRest.repeat(Math.max(0, Math.min(style.width, 60) - text.length - 4))
  return `${style.dim(style.symbols.barRest.repeat(2))} ${style.bold(text)} ${style.dim(rule)}`
}

function verdictLine(record: RunRecord, facts: RunFacts, style: Style): string {
  const paint =
    record.verdict === 'passed' ? style.good : record.verdict === 'failed' ? style.bad : style.warn
  return `${paint(style.bold(facts.label))}: ${facts.headline} in ${formatDuration(facts.durationMs)}`
}

function suitesLine(record: RunRecord, facts: RunFacts): string {
  const count = (status: SuiteRecord['status']): number =>
    record.suites.filter((suite) => suite.status === status).length
  const cached = facts.cached.length > 0 ? ` (${facts.cached.length} cached)` : ''
  const parts = [`${count('passed')} passed${cached}`, `${facts.troubled.length} failed`]
  if (count('skipped') > 0) parts.push(`${count('skipped')} skipped`)
  if (facts.noDevice.length > 0) parts.push(`${facts.noDevice.length} without a device`)
  if (facts.unfinished.length > 0) parts.push(`${facts.unfinished.length} not finished`)
  const flaky = record.totals.flaky > 0 ? `; ${counted(record.totals.flaky, 'flaky test')}` : ''
  return `Suites: ${parts.join(', ')}${flaky}`
}
