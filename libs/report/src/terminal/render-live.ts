import { failedCount } from '../facts/suite-facts.ts'
import type { ProgressState } from '../progress/progress-state.ts'
import { progressTotals, utilisationSoFar, type ProgressTotals } from '../progress/progress-totals.ts'
import { timeLeft } from '../progress/time-left.ts'
import { counted } from '../text/counted.ts'
import { plainLine } from '../text/plain-text.ts'
import { joinFitting, roughly, wholeSeconds, type Part } from './live-parts.ts'
import type { Style } from './style.ts'
import { workerLines } from './worker-lines.ts'

export interface LiveOptions {
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Lines that the screen may take. */
  readonly rows: number
}

const BAR_WIDTH = 30

/** The lines below the log while a run goes: counts, what each busy worker does, what waits for another try. */
export function renderLive(progress: ProgressState, style: Style, options: LiveOptions): string[] {
  // No event yet, so nothing that could be counted or timed.
  if (progress.startedAt === 0) return ['', `  ${style.dim('waiting for Nx to say what to run')}`]
  const totals = progressTotals(progress)
  const head = [
    '',
    barLine(totals, style),
    `  ${joinFitting([...suiteParts(totals, style), ...testParts(totals, style)], style)}`,
    `  ${joinFitting(timeParts(progress, totals, style, options.now), style)}`,
  ]
  const workers = workerLines(progress, style, options.now, options.rows - head.length - 1)
  return workers.length > 0 ? [...head, '', ...workers] : head
}

function barLine(totals: ProgressTotals, style: Style): string {
  const width = Math.max(4, Math.min(BAR_WIDTH, style.width - 24))
  const done = totals.suites === 0 ? 0 : Math.floor((width * totals.done) / totals.suites)
  const paint = totals.bad > 0 || failedCount(totals) > 0 ? style.bad : style.good
  const bar =
    paint(style.symbols.barDone.repeat(done)) + style.dim(style.symbols.barRest.repeat(width - done))
  return `  ${bar} ${style.bold(`${totals.done}/${totals.suites}`)} suites`
}

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
  const failed = failedCount(totals)
  const parts: (Part | false)[] = [
    [counted(totals.tests, 'test'), String],
    failed > 0 && [`${failed} failed`, style.bad],
    totals.flaky > 0 && [`${totals.flaky} flaky`, style.warn],
    totals.quarantined > 0 && [`${totals.quarantined} in quarantine`, style.warn],
  ]
  return parts.filter((part) => part !== false)
}

const loadText = ({ cpus, memoryBytes }: NonNullable<ProgressState['load']>): string =>
  `${cpus.toFixed(1)} cores, ${Math.round(memoryBytes / 2 ** 20)} MiB`

function timeParts(progress: ProgressState, totals: ProgressTotals, style: Style, now: number): Part[] {
  const left = timeLeft(progress, now)
  const busy = utilisationSoFar(progress, now)
  const parts: (Part | false)[] = [
    [wholeSeconds(now - progress.startedAt), String],
    left !== undefined &&
      left.ms > 0 && [`${left.certain ? 'about' : 'at least'} ${roughly(left.ms)} left`, String],
    progress.halted !== undefined && [`halted: ${plainLine(progress.halted)}`, style.warn],
    totals.queued > 0 && [`${totals.queued} queued`, style.dim],
    totals.waiting > 0 && [`${totals.waiting} waiting`, style.dim],
    totals.retrying > 0 && [`${totals.retrying} to retry`, style.dim],
    busy !== undefined && [`workers ${Math.round(100 * busy)} % busy`, style.dim],
    progress.load !== undefined && [loadText(progress.load), style.dim],
  ]
  return parts.filter((part) => part !== false)
}
