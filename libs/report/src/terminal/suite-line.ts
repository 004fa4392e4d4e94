import { stripVTControlCharacters } from 'node:util'
import type { Counts, Origin, Status } from '@muster/model'
import { failedCount } from '../facts/suite-facts.ts'
import { counted } from '../text/counted.ts'
import { displayWidth, padWidth } from '../text/display-width.ts'
import { formatAgo, formatDuration } from '../text/format-duration.ts'
import { plainLine } from '../text/plain-text.ts'
import type { Style } from './style.ts'

/** What one line about a suite says, from a record or from the progress of a live run. */
export interface SuiteLine {
  readonly name: string
  readonly status: Status
  readonly message?: string
  readonly counts: Counts
  readonly durationMs: number
  readonly from: Origin | null
  readonly slow: boolean
  /** 1 when it was not split. */
  readonly shards: number
  /** Executions beyond the first of each shard. */
  readonly retries: number
}

/**
 * `✓ unit-model  23 tests  0.41 s`
 * @param now for `2 h ago`, milliseconds since the epoch
 * @param nameWidth columns that names are padded to
 */
export function suiteLine(suite: SuiteLine, style: Style, now: number, nameWidth = 0): string {
  const name = padWidth(plainLine(suite.name), nameWidth)
  return `${statusSymbol(suite.status, suite.from !== null, style)} ${name}  ${details(suite, style, now, style.width - displayWidth(name) - 4)}`
}

export function statusSymbol(status: Status, cached: boolean, style: Style): string {
  const { symbols } = style
  switch (status) {
    case 'passed':
      return cached ? style.info(symbols.cached) : style.good(symbols.passed)
    case 'failed':
    case 'no-tests':
    case 'timed-out':
    case 'crashed':
      return style.bad(symbols.failed)
    case 'environment-error':
    case 'no-device':
      return style.warn(symbols.trouble)
    case 'aborted':
      return style.warn(symbols.aborted)
    case 'skipped':
      return style.dim(symbols.skipped)
  }
}

function details(suite: SuiteLine, style: Style, now: number, room: number): string {
  const message = plainLine(suite.message ?? '')
  switch (suite.status) {
    case 'passed':
      return suite.from === null ? ran(suite, style) : cachedFrom(suite, suite.from, style, now, room)
    case 'failed':
      // A failure without a failing test has its reason in the message alone: a flaky pass that must not count.
      return failedCount(suite.counts) > 0 || message === ''
        ? ran(suite, style)
        : `${style.bad(message)}  ${ran(suite, style)}`
    case 'skipped':
      return style.dim(`skipped: ${message}`)
    case 'aborted':
      return `stopped: ${message}`
    case 'environment-error':
      return style.warn(`could not start: ${message}`)
    case 'no-device':
      return style.warn(`no device: ${message}`)
    case 'no-tests':
    case 'timed-out':
    case 'crashed':
      return `${style.bad(`${suite.status.replace('-', ' ')}: ${message}`)}  ${ran(suite, style)}`
  }
}

function ran(suite: SuiteLine, style: Style): string {
  const parts = [countsText(suite.counts, style), formatDuration(suite.durationMs)]
  if (suite.shards > 1) parts.push(style.dim(`${suite.shards} shards`))
  if (suite.retries > 0) parts.push(style.warn(retriesText(suite)))
  if (suite.slow) parts.push(style.warn('slow'))
  return parts.join('  ')
}

const retriesText = ({ shards, retries }: SuiteLine): string =>
  shards > 1 ? `${retries} ${retries === 1 ? 'retry' : 'retries'}` : `${retries + 1} attempts`

/** The run's id is the first to go where the line would wrap. */
function cachedFrom(suite: SuiteLine, from: Origin, style: Style, now: number, room: number): string {
  const counts = countsText(suite.counts, style)
  const whole = `cached from run ${from.runId} (${formatAgo(from.at, now)})`
  const fits = displayWidth(stripVTControlCharacters(counts)) + 2 + whole.length <= room
  return `${counts}  ${style.dim(fits ? whole : `cached, ${formatAgo(from.at, now)}`)}`
}

/** `23 tests, 2 failed, 1 skipped`: only what there is. */
export function countsText(counts: Counts, style: Style): string {
  const parts = [counted(counts.tests, 'test')]
  const failed = failedCount(counts)
  if (failed > 0) parts.push(style.bad(`${failed} failed`))
  if (counts.skipped > 0) parts.push(style.dim(`${counts.skipped} skipped`))
  if (counts.flaky > 0) parts.push(style.warn(`${counts.flaky} flaky`))
  if (counts.quarantined > 0) parts.push(style.warn(`${counts.quarantined} in quarantine`))
  if (counts.notRerun > 0) parts.push(style.dim(`${counts.notRerun} not rerun`))
  return parts.join(', ')
}
