import type { RunRecord } from '@muster/model'
import { criticalChain } from '../facts/critical-chain.ts'
import type { LeftOut } from '../facts/left-out.ts'
import type { RunFacts } from '../facts/run-facts.ts'
import { counted } from '../text/counted.ts'
import { formatDuration } from '../text/format-duration.ts'
import { plainLine } from '../text/plain-text.ts'
import type { Style } from './style.ts'

const SLOWEST = 3
const MAX_NAMES = 5
const MAX_REASONS = 10
const MAX_LINKS = 5

/** What is worth a line each after the failures and before the verdict: notes, what was left out, what took long. */
export const summaryRemarks = (record: RunRecord, facts: RunFacts, style: Style): string[] => [
  ...noteLines(record, style),
  ...haltedLines(record, facts, style),
  ...leftOutLines(facts, style),
  ...slowLines(record, facts, style),
  ...chainLines(record, style),
  ...cachedLines(facts, style),
]

function noteLines(record: RunRecord, style: Style): string[] {
  return record.notes.map((note) => {
    const where = note.suite === undefined ? '' : `${plainLine(note.suite)}: `
    const text = `${where}${plainLine(note.message)}`
    return note.level === 'warning' ? style.warn(`${style.symbols.trouble} ${text}`) : style.dim(`  ${text}`)
  })
}

function haltedLines({ halted }: RunRecord, facts: RunFacts, style: Style): string[] {
  if (halted === undefined) return []
  return [style.warn(`${style.symbols.trouble} halted: ${plainLine(halted)}; ${facts.leftOutText}`)]
}

const LEFT_OUT_WORDS = { skipped: 'left out', aborted: 'not finished', 'no-device': 'no device for' } as const

function leftOutLines({ leftOut }: RunFacts, style: Style): string[] {
  const lines = leftOut.slice(0, MAX_REASONS).map((each) => leftOutLine(each, style))
  const rest = leftOut.slice(MAX_REASONS).reduce((sum, { suites }) => sum + suites.length, 0)
  return rest > 0 ? [...lines, style.dim(`  and ${counted(rest, 'suite')} more for other reasons`)] : lines
}

/** `○ e2e-cart did not pass; left out: smoke-cart, load-cart` */
function leftOutLine({ kind, reason, suites }: LeftOut, style: Style): string {
  const { symbols } = style
  const symbol = { skipped: symbols.skipped, aborted: symbols.aborted, 'no-device': symbols.trouble }[kind]
  const names = suites.slice(0, MAX_NAMES).map((suite) => plainLine(suite.name))
  const rest = suites.length - names.length
  const list = rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
  const why = reason === '' ? '' : `${plainLine(reason)}; `
  const text = `${symbol} ${why}${LEFT_OUT_WORDS[kind]}: ${list}`
  return kind === 'skipped' ? style.dim(text) : style.warn(text)
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

/** Of one execution after another only: a single one is the slowest anyway. */
function chainLines(record: RunRecord, style: Style): string[] {
  const chain = criticalChain(record)
  if (chain.length < 2) return []
  const shown = chain.slice(-MAX_LINKS)
  const rest = chain.length - shown.length
  const links = shown.map(({ unit, durationMs }) => `${plainLine(unit)} ${formatDuration(durationMs)}`)
  const before = rest > 0 ? `${rest} before, ` : ''
  const busy = `workers ${Math.round(100 * record.utilisation)} % busy`
  return [style.dim(`Held up by: ${before}${links.join(', then ')}; ${busy}${loadText(record)}`)]
}

function loadText({ load, capacity }: RunRecord): string {
  if (load === undefined) return ''
  const memory = Math.round(load.peakMemoryBytes / 2 ** 20)
  return `, ${load.averageCpus.toFixed(1)} of ${capacity.cpus} cores, ${memory} MiB at most`
}

function cachedLines(facts: RunFacts, style: Style): string[] {
  if (facts.cached.length === 0) return []
  const saved = facts.savedMs > 0 ? `, ${formatDuration(facts.savedMs)} of testing saved` : ''
  return [style.dim(`Cached: ${counted(facts.cached.length, 'suite')}${saved}`)]
}
