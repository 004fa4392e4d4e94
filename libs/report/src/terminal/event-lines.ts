import type { RunEvent, SuiteId, TestCase } from '@muster/model'
import { isQuarantinedFailure } from '@muster/model'
import type { AttemptProgress } from '../progress/attempt-progress.ts'
import { suiteOutcome, type ProgressState, type SuiteProgress } from '../progress/progress-state.ts'
import { progressTotals } from '../progress/progress-totals.ts'
import { counted } from '../text/counted.ts'
import { formatDuration } from '../text/format-duration.ts'
import { displayWidth } from '../text/display-width.ts'
import { plainLine } from '../text/plain-text.ts'
import { casePath } from './case-failure.ts'
import type { Style } from './style.ts'
import { suiteLine } from './suite-line.ts'
import { progressLine } from './suite-line-of.ts'

const MAX_NAME_WIDTH = 32
const MAX_FAILURES = 10

/** The lines an event leaves in the log, given the progress that already includes it. Often none. */
export function eventLines(event: RunEvent, progress: ProgressState, style: Style): string[] {
  switch (event.kind) {
    case 'suite-cached':
    case 'suite-skipped':
    case 'unit-finished':
      return finishedLines(progress, event.suite, style)
    case 'retry-scheduled':
      return [retryLine(event, progress, style)]
    case 'suite-step-finished':
      return event.problem === undefined
        ? []
        : [warning(`${event.suite}: ${event.step} failed: ${event.problem}`, style)]
    case 'cache-rejected':
      return [warning(`${event.suite}: cached result not believed, running again: ${event.reason}`, style)]
    case 'note':
      return event.level === 'warning'
        ? [warning(event.suite === undefined ? event.message : `${event.suite}: ${event.message}`, style)]
        : []
    case 'run-halted':
      return [warning(`halted: ${event.reason}${leftOutText(progress)}`, style)]
    case 'attempt-slow': {
      const attempt = progress.attempts.get(event.attempt)
      return attempt ? [style.dim(`  ${plainLine(attempt.unit)} is slow and still running`)] : []
    }
    case 'case-finished':
      return announcedFailure(progress.attempts.get(event.attempt), event.case, style)
    case 'coverage-collected':
    case 'coverage-merged':
    case 'suite-measured':
    case 'baseline-compared':
    case 'load-sampled':
    case 'run-started':
    case 'plan-ready':
    case 'suite-hashed':
    case 'suite-rescored':
    case 'unit-queued':
    case 'attempt-started':
    case 'output-captured':
    case 'attempt-finished':
    case 'run-finished':
      return []
  }
}

function finishedLines(progress: ProgressState, id: SuiteId, style: Style): string[] {
  const suite = progress.suites.get(id)
  const outcome = suite && suiteOutcome(suite)
  // Of a split suite, the shard that finishes last tells.
  if (!outcome) return []
  const line = suiteLine(progressLine(suite, outcome), style, progress.at, nameWidth(progress))
  return [line, ...withheldFailures(suite, style)]
}

/**
 * A failure in a thread may be the thread's fault, and the suite run again in a process; so it is withheld
 * until the verdict. Every other failure is announced at once.
 */
const isAnnounced = (attempt: AttemptProgress): boolean => attempt.isolation !== 'thread'

function announcedFailure(attempt: AttemptProgress | undefined, testCase: TestCase, style: Style): string[] {
  if (!attempt || testCase.status !== 'failed' || !isAnnounced(attempt)) return []
  if (isQuarantinedFailure(testCase) || testCase.notRerun === true) return []
  if (attempt.failures.length > MAX_FAILURES) return []
  return failureLines(testCase, `${style.bad(style.symbols.failed)} ${plainLine(attempt.suite)}: `, style)
}

function withheldFailures(suite: SuiteProgress, style: Style): string[] {
  const failures = [...suite.units.values()].flatMap(({ attempts }) => {
    const last = attempts.at(-1)
    return last && !isAnnounced(last) ? last.failures : []
  })
  const title = `    ${style.bad(style.symbols.failed)} `
  const lines = failures.slice(0, MAX_FAILURES).flatMap((each) => failureLines(each, title, style))
  const rest = failures.length - MAX_FAILURES
  return rest > 0 ? [...lines, style.dim(`    … and ${rest} more`)] : lines
}

/** Short on purpose: the whole message, diff and stack come at the end of the run. */
function failureLines(testCase: TestCase, prefix: string, style: Style): string[] {
  const [message = ''] = (testCase.error?.message ?? '').split('\n')
  const name = `${prefix}${casePath(testCase, style)}`
  return message === '' ? [name] : [name, style.dim(`      ${plainLine(message)}`)]
}

type RetryScheduled = Extract<RunEvent, { kind: 'retry-scheduled' }>

/** `unit-a#2/3 failed, retry 1 of 2 in 2.00 s` */
function retryLine(event: RetryScheduled, progress: ProgressState, style: Style): string {
  const status = progress.attempts.get(event.attempt)?.outcome?.status ?? 'failed'
  const when = event.delayMs > 0 ? `in ${formatDuration(event.delayMs)}` : 'at once'
  const text = `${event.unit} ${status.replace('-', ' ')}, retry ${event.reason} ${when}`
  return style.warn(`${style.symbols.retry} ${plainLine(text)}`)
}

/** What was neither started nor answered by then will not be. */
function leftOutText(progress: ProgressState): string {
  const { queued, waiting, retrying } = progressTotals(progress)
  const count = queued + waiting + retrying
  return count === 0 ? '' : `; ${counted(count, 'suite')} left out`
}

const warning = (text: string, style: Style): string =>
  style.warn(`${style.symbols.trouble} ${plainLine(text)}`)

/** Names line up with the longest one planned, within reason. */
export function nameWidth(progress: ProgressState): number {
  let width = 0
  for (const suite of progress.suites.keys()) width = Math.max(width, displayWidth(suite))
  return Math.min(width, MAX_NAME_WIDTH)
}
