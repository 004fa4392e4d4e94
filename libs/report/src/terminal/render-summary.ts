import type { RunRecord, SuiteRecord } from '@muster/model'
import { runFacts, type RunFacts } from '../facts/run-facts.ts'
import { counted } from '../text/counted.ts'
import { formatDuration } from '../text/format-duration.ts'
import { plainLine } from '../text/plain-text.ts'
import { PLAIN_STYLE, type Style } from './style.ts'
import { suiteFailure } from './suite-failure.ts'

const MAX_FAILURES = 50
const SLOWEST = 3

export interface SummaryOptions {
  /** Absolute workspace root, to shorten paths in stacks. */
  readonly root: string
  readonly style?: Style
  /** As printed; null when no report was written. */
  readonly report?: string | null
}

/**
 * The end of a run. Failures come last but for the facts, so that they are on the screen when the run ends;
 * the very last line is `Tests: N passed, N failed, N skipped`, plain, for people and scripts. Ends with a newline.
 */
export function renderSummary(record: RunRecord, options: SummaryOptions): string {
  const style = options.style ?? PLAIN_STYLE
  const facts = runFacts(record)
  const report = options.report === undefined ? 'reports/latest/index.html' : options.report
  const { passed, failed, skipped } = record.totals
  const remarks = [
    ...noteLines(record, style),
    ...unfinishedLines(facts, style),
    ...slowLines(record, facts, style),
    ...cachedLines(facts, style),
  ]
  return [
    '',
    ...failureBlocks(facts.troubled, style, options.root),
    ...remarks,
    ...(remarks.length > 0 ? [''] : []),
    verdictLine(record, facts, style),
    ...(report === null ? [] : [`Report: ${report}`]),
    suitesLine(record, facts),
    `Tests: ${passed} passed, ${failed} failed, ${skipped} skipped`,
    '',
  ].join('\n')
}

function failureBlocks(suites: readonly SuiteRecord[], style: Style, root: string): string[] {
  if (suites.length === 0) return []
  let left = MAX_FAILURES
  const lines = [heading('Failures', style), '']
  for (const suite of suites) {
    lines.push(...suiteFailure(suite, style, { root, limit: left }), '')
    left = Math.max(0, left - suite.failed)
  }
  return [...lines, style.dim(style.symbols.barRest.repeat(Math.min(style.width, 60))), '']
}

function heading(text: string, style: Style): string {
  const rule = style.symbols.barRest.repeat(Math.max(0, Math.min(style.width, 60) - text.length - 4))
  return `${style.dim(style.symbols.barRest.repeat(2))} ${style.bold(text)} ${style.dim(rule)}`
}

function noteLines(record: RunRecord, style: Style): string[] {
  return record.notes.map((note) => {
    const where = note.suite === undefined ? '' : `${plainLine(note.suite)}: `
    const text = `${where}${plainLine(note.message)}`
    return note.level === 'warning' ? style.warn(`${style.symbols.trouble} ${text}`) : style.dim(`  ${text}`)
  })
}

function unfinishedLines(facts: RunFacts, style: Style): string[] {
  if (facts.unfinished.length === 0) return []
  const names = facts.unfinished.slice(0, 5).map((suite) => plainLine(suite.name))
  const rest = facts.unfinished.length - names.length
  const list = rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
  return [style.warn(`${style.symbols.aborted} not finished: ${list}`)]
}

function slowLines(record: RunRecord, facts: RunFacts, style: Style): string[] {
  const lines = facts.slow.map((suite) =>
    style.warn(
      `${style.symbols.trouble} slow: ${plainLine(suite.name)} took ${formatDuration(suite.durationMs)}`,
    ),
  )
  const executed = record.suites.filter((suite) => !suite.cached && suite.durationMs > 0)
  if (executed.length <= SLOWEST) return lines
  const slowest = executed.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, SLOWEST)
  const list = slowest.map((suite) => `${plainLine(suite.name)} ${formatDuration(suite.durationMs)}`)
  return [...lines, style.dim(`Slowest: ${list.join(', ')}`)]
}

function cachedLines(facts: RunFacts, style: Style): string[] {
  if (facts.cached.length === 0) return []
  const saved = facts.savedMs > 0 ? `, ${formatDuration(facts.savedMs)} of testing saved` : ''
  return [style.dim(`Cached: ${counted(facts.cached.length, 'suite')}${saved}`)]
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
  if (facts.unfinished.length > 0) parts.push(`${facts.unfinished.length} not finished`)
  const flaky = record.totals.flaky > 0 ? `; ${counted(record.totals.flaky, 'flaky test')}` : ''
  return `Suites: ${parts.join(', ')}${flaky}`
}
