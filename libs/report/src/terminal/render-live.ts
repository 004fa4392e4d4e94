import type { AttemptProgress, ProgressState } from '../progress/progress-state.ts'
import { progressTotals, runningAttempts, type ProgressTotals } from '../progress/progress-totals.ts'
import { timeLeft } from '../progress/time-left.ts'
import { counted } from '../text/counted.ts'
import { fitWidth, padWidth } from '../text/display-width.ts'
import { formatDuration } from '../text/format-duration.ts'
import { plainLine } from '../text/plain-text.ts'
import { nameWidth } from './event-lines.ts'
import type { Style } from './style.ts'

export interface LiveOptions {
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Lines that the screen may take. */
  readonly rows: number
  readonly expectedMs?: ReadonlyMap<string, number>
}

const BAR_WIDTH = 30

/** The lines below the log while a run goes: counts, what each busy worker does, what waits. */
export function renderLive(progress: ProgressState, style: Style, options: LiveOptions): string[] {
  const totals = progressTotals(progress)
  const head = [
    '',
    barLine(totals, style),
    `  ${joinFitting([...suiteParts(totals, style), ...testParts(totals, style)], style)}`,
    `  ${joinFitting(timeParts(progress, style, options), style)}`,
  ]
  const workers = workerLines(progress, style, options, options.rows - head.length - 1)
  return workers.length > 0 ? [...head, '', ...workers] : head
}

function barLine(totals: ProgressTotals, style: Style): string {
  const width = Math.max(4, Math.min(BAR_WIDTH, style.width - 24))
  const done = totals.suites === 0 ? 0 : Math.floor((width * totals.done) / totals.suites)
  const paint = totals.bad > 0 || totals.failed > 0 ? style.bad : style.good
  const bar =
    paint(style.symbols.barDone.repeat(done)) + style.dim(style.symbols.barRest.repeat(width - done))
  return `  ${bar} ${style.bold(`${totals.done}/${totals.suites}`)} suites`
}

/** A part of a line: its text and how to paint it, so that its width is known. */
type Part = readonly [text: string, paint: (text: string) => string]

function suiteParts(totals: ProgressTotals, style: Style): Part[] {
  const { symbols } = style
  const parts: (Part | false)[] = [
    [`${symbols.passed} ${totals.good}`, style.good],
    totals.bad > 0 && [`${symbols.failed} ${totals.bad}`, style.bad],
    totals.cached > 0 && [`${symbols.cached} ${totals.cached} cached`, style.info],
    totals.skippedSuites > 0 && [`${symbols.skipped} ${totals.skippedSuites} skipped`, style.dim],
  ]
  return parts.filter((part) => part !== false)
}

function testParts(totals: ProgressTotals, style: Style): Part[] {
  const tests: Part = [counted(totals.tests, 'test'), String]
  return totals.failed > 0 ? [tests, [`${totals.failed} failed`, style.bad]] : [tests]
}

function timeParts(progress: ProgressState, style: Style, options: LiveOptions): Part[] {
  const totals = progressTotals(progress)
  const parts: Part[] = [[formatElapsed(options.now - progress.startedAt), String]]
  const left = options.expectedMs && timeLeft(progress, options.expectedMs, options.now)
  if (left && left.ms > 0) {
    parts.push([`${left.certain ? 'about' : 'at least'} ${formatElapsed(left.ms)} left`, String])
  }
  if (totals.queued > 0) parts.push([`${totals.queued} queued`, style.dim])
  if (totals.waiting > 0) parts.push([`${totals.waiting} waiting`, style.dim])
  if (progress.halted !== undefined) parts.push([`stopping: ${plainLine(progress.halted)}`, style.warn])
  return parts
}

/** Whole seconds: a screen that counts hundredths is not calm. */
const formatElapsed = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1_000)
}

/** As many parts as the line has room for; the first is always there. */
function joinFitting(parts: readonly Part[], style: Style): string {
  const gap = `  ${style.symbols.separator}  `
  let room = style.width - 3
  const kept: string[] = []
  for (const [text, paint] of parts) {
    const cut = fitWidth(text, room, style.symbols.ellipsis)
    if (cut !== text && kept.length > 0) break
    kept.push(paint(cut))
    room -= text.length + gap.length
  }
  return kept.join(style.dim(gap))
}

function workerLines(progress: ProgressState, style: Style, options: LiveOptions, rows: number): string[] {
  const running = runningAttempts(progress)
  const shown = running.slice(0, running.length > rows ? Math.max(0, rows - 1) : rows)
  const width = Math.max(8, Math.min(nameWidth(progress), style.width - 34))
  const numbers = Math.max(...running.map((attempt) => String(attempt.worker + 1).length))
  const lines = shown.map((attempt) => workerLine(attempt, numbers, width, style, options.now))
  const rest = running.length - shown.length
  return rest > 0 && rows > 0 ? [...lines, style.dim(`  … and ${rest} more running`)] : lines
}

function workerLine(
  attempt: AttemptProgress,
  numbers: number,
  width: number,
  style: Style,
  now: number,
): string {
  const number = String(attempt.worker + 1).padStart(numbers)
  const name = padWidth(fitWidth(plainLine(attempt.suite), width, style.symbols.ellipsis), width)
  const time = formatElapsed(now - attempt.startedAt).padStart(4)
  const { tests, failed } = attempt.counts
  const facts: Part[] = []
  if (attempt.slow) facts.push(['slow', style.warn])
  if (failed > 0) facts.push([`${failed} failed`, style.bad])
  if (tests > 0) facts.push([counted(tests, 'test'), style.dim])
  const room = style.width - (numbers + width + time.length + 9)
  let used = 0
  const fitting = facts.filter(([text]) => (used += text.length + 2) <= room)
  const painted = fitting.map(([text, paint]) => `  ${paint(text)}`).join('')
  return `  ${style.dim(number)} ${style.info(style.symbols.running)} ${name}  ${time}${painted}`
}
