import type { AttemptProgress } from '../progress/attempt-progress.ts'
import type { ProgressState } from '../progress/progress-state.ts'
import { runningAttempts, waitingRetries, type WaitingRetry } from '../progress/progress-totals.ts'
import { failedCount } from '../facts/suite-facts.ts'
import { counted } from '../text/counted.ts'
import { displayWidth, fitWidth, padWidth } from '../text/display-width.ts'
import { plainLine } from '../text/plain-text.ts'
import { wholeSeconds, type Part } from './live-parts.ts'
import type { Style } from './style.ts'

/** Past this many times its estimate something is worth a look, whatever its suite calls slow. */
const SLOW_FACTOR = 2
const MAX_NAME_WIDTH = 36

/** One line a busy worker, then one a waiting retry; at most `rows`, and the last says what was left out. */
export function workerLines(progress: ProgressState, style: Style, now: number, rows: number): string[] {
  const running = runningAttempts(progress)
  const retries = waitingRetries(progress)
  const names = [...running.map(({ unit }) => unit), ...retries.map(({ unit }) => unit)]
  const longest = Math.max(0, ...names.map((name) => displayWidth(plainLine(name))))
  const columns: Columns = {
    number: Math.max(1, ...running.map((attempt) => String(attempt.worker + 1).length)),
    name: Math.max(8, Math.min(longest, MAX_NAME_WIDTH, style.width - 34)),
    style,
    now,
  }
  const lines = [
    ...running.map((attempt) => runningLine(attempt, columns)),
    ...retries.map((retry) => retryLine(retry, columns)),
  ]
  if (lines.length <= rows) return lines
  if (rows <= 0) return []
  const shown = lines.slice(0, rows - 1)
  const more = Math.max(0, running.length - shown.length)
  const again = lines.length - shown.length - more
  const rest = [more > 0 ? `${more} more running` : '', again > 0 ? `${again} to retry` : '']
  return [...shown, style.dim(fitWidth(`  … and ${rest.filter(Boolean).join(', ')}`, style.width - 1))]
}

interface Columns {
  readonly number: number
  readonly name: number
  readonly style: Style
  readonly now: number
}

function runningLine(attempt: AttemptProgress, columns: Columns): string {
  const { style, now } = columns
  const elapsed = now - attempt.startedAt
  const number = style.dim(String(attempt.worker + 1).padStart(columns.number))
  const name = unitName(attempt.unit, columns)
  const time = wholeSeconds(elapsed).padStart(4)
  const facts: Part[] = []
  if (attempt.estimateMs > 0) facts.push([`of ${wholeSeconds(attempt.estimateMs)}`, style.dim])
  if (isSlow(attempt, elapsed)) facts.push(['slow', style.warn])
  if (attempt.ordinal > 1) facts.push([`attempt ${attempt.ordinal}`, style.warn])
  const failed = failedCount(attempt.counts)
  if (failed > 0) facts.push([`${failed} failed`, style.bad])
  if (attempt.counts.tests > 0) facts.push([counted(attempt.counts.tests, 'test'), style.dim])
  const room = style.width - (columns.number + columns.name + time.length + 9)
  return `  ${number} ${style.info(style.symbols.running)} ${name}  ${time}${fitting(facts, room)}`
}

const isSlow = (attempt: AttemptProgress, elapsed: number): boolean =>
  attempt.slow || (attempt.estimateMs > 0 && elapsed > SLOW_FACTOR * attempt.estimateMs)

function retryLine({ unit, at, reason }: WaitingRetry, columns: Columns): string {
  const { style, now } = columns
  const left = at - now
  const when = left > 0 ? `in ${wholeSeconds(left)}` : 'next'
  const facts: Part[] = [[`retry ${plainLine(reason)} ${when}`, style.warn]]
  const room = style.width - (columns.number + columns.name + 7)
  const sign = style.warn(style.symbols.retry)
  return `  ${' '.repeat(columns.number)} ${sign} ${unitName(unit, columns)}${fitting(facts, room)}`
}

/** The number of a shard tells units apart: a long name is cut before it. */
function unitName(unit: string, { name: width, style }: Columns): string {
  const text = plainLine(unit)
  const shard = /#\d+\/\d+$/.exec(text)?.[0] ?? ''
  const suite = text.slice(0, text.length - shard.length)
  return padWidth(fitWidth(suite, width - shard.length, style.symbols.ellipsis) + shard, width)
}

function fitting(facts: readonly Part[], room: number): string {
  let used = 0
  const kept = facts.filter(([text]) => (used += text.length + 2) <= room)
  return kept.map(([text, paint]) => `  ${paint(text)}`).join('')
}
