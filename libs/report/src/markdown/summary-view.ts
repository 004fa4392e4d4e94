import type { RunRecord, Status, SuiteRecord, TestCase } from '@muster/model'
import { caseName } from '@muster/model'
import { confirmedRegressions } from '../facts/performance.ts'
import { runFacts } from '../facts/run-facts.ts'
import { failedCases, failedCount, retryCount } from '../facts/suite-facts.ts'
import { clipEnd } from '../text/clip.ts'
import { compactDiff, diffLines } from '../text/diff-lines.ts'
import { counted } from '../text/counted.ts'
import { coverageWords } from '../text/coverage-line.ts'
import { formatDuration } from '../text/format-duration.ts'
import { plainLine, plainText } from '../text/plain-text.ts'
import { frameText, shortStack } from '../text/short-stack.ts'
import { doubtfulView, leftOutView } from './doubtful-view.ts'
import { performanceView } from './performance-view.ts'
import { fenceFor } from './escape-markdown.ts'

/** How many of each to show; the rest is counted. */
export interface SummaryLimits {
  readonly suites: number
  readonly failures: number
}

const MAX_TEXT = 4_000

const SYMBOLS: Readonly<Record<Status, string>> = {
  passed: '✅',
  failed: '❌',
  'no-tests': '❌',
  'timed-out': '❌',
  crashed: '❌',
  'environment-error': '⚠️',
  'no-device': '⚠️',
  aborted: '⏹️',
  skipped: '⚪',
}
const VERDICT_SYMBOLS = { passed: '✅', failed: '❌', error: '⚠️', aborted: '⏹️' } as const

/** No test has failed, and yet it isn't as it was. */
const hasNewlySlow = ({ verdict, suites }: RunRecord): boolean =>
  verdict === 'passed' && confirmedRegressions(suites) > 0

/** What the `summary` template may use. Text in it is raw; the template's `{{ }}` escape for Markdown. */
export function summaryView(record: RunRecord, limits: SummaryLimits) {
  const facts = runFacts(record)
  // What went wrong is never left out before what went well.
  const suites = [...facts.troubled, ...record.suites.filter((suite) => !facts.troubled.includes(suite))]
  const failures = facts.troubled.flatMap((suite) => suiteFailures(suite))
  return {
    symbol: hasNewlySlow(record) ? '🔺' : VERDICT_SYMBOLS[record.verdict],
    label: facts.label,
    headline: facts.headline,
    incomplete: !record.complete,
    halted: plainLine(record.halted ?? ''),
    meta: [
      formatDuration(facts.durationMs),
      `${counted(record.workers, 'worker')}, ${Math.round(100 * record.utilisation)} % busy`,
      `${facts.cached.length} of ${counted(record.suites.length, 'suite')} from the cache`,
      plainLine(record.command),
      `run ${record.runId}`,
    ].join(' · '),
    coverage: record.coverage ? coverageWords(record.coverage) : '',
    suites: suites.slice(0, limits.suites).map(suiteRow),
    omittedSuites: Math.max(0, suites.length - limits.suites),
    hasFailures: failures.length > 0,
    failures: failures.slice(0, limits.failures).map((failure) => failure()),
    omittedFailures: Math.max(0, failures.length - limits.failures),
    ...performanceView(record, limits.suites),
    ...doubtfulView(record, limits.failures),
    ...leftOutView(facts, limits.suites),
    hasNotes: record.notes.length > 0,
    notes: record.notes.slice(0, limits.suites).map((note) => ({
      text: clipEnd(plainLine([note.suite, note.message].filter(Boolean).join(': ')), MAX_TEXT),
    })),
  }
}

const suiteRow = (suite: SuiteRecord) => ({
  symbol: suite.cached ? '↻' : SYMBOLS[suite.status],
  name: plainLine(suite.name),
  kind: suite.kind,
  tests: suite.tests,
  failed: failedCount(suite),
  skipped: suite.skipped,
  duration: formatDuration(suite.durationMs),
  message: suiteRemarks(suite).join(', '),
})

function suiteRemarks(suite: SuiteRecord): string[] {
  const remarks = suite.from ? [`cached from run ${suite.from.runId}`] : []
  if (suite.message !== undefined) remarks.push(clipEnd(plainLine(suite.message), 300))
  if (suite.units.length > 1) remarks.push(counted(suite.units.length, 'shard'))
  const retries = retryCount(suite)
  if (retries > 0) remarks.push(`${retries} ${retries === 1 ? 'retry' : 'retries'}`)
  if (suite.flaky > 0) remarks.push(`${suite.flaky} flaky`)
  else if (suite.unstable) remarks.push('flaky')
  if (suite.quarantined > 0) remarks.push(`${suite.quarantined} in quarantine`)
  if (suite.notRerun > 0) remarks.push(`${suite.notRerun} not rerun`)
  return remarks
}

interface FailureView {
  readonly name: string
  readonly text: string
  readonly diff: string
  readonly reproduce: string
  readonly fence: string
}

/** Made when shown: a record may hold a hundred thousand failures, a summary some hundred. */
function suiteFailures(suite: SuiteRecord): (() => FailureView)[] {
  const cases = failedCases(suite)
  const reproduce = plainLine(suite.reproduce ?? '')
  if (cases.length === 0) {
    const text = plainText(suite.message ?? suite.status)
    return [() => failureView(plainLine(suite.name), text, '', reproduce)]
  }
  return cases.map((testCase) => () => caseFailure(suite, testCase, reproduce))
}

function caseFailure(suite: SuiteRecord, testCase: TestCase, reproduce: string): FailureView {
  const { error } = testCase
  const frames =
    error?.stack === undefined ? [] : shortStack(plainText(error.stack), undefined).map(frameText)
  const text = [plainText(error?.message ?? 'failed'), ...frames].join('\n')
  return failureView(
    `${plainLine(suite.name)}: ${plainLine(caseName(testCase))}`,
    text,
    diffText(testCase),
    reproduce,
  )
}

function diffText({ error }: TestCase): string {
  if (error?.expected === undefined || error.actual === undefined || error.expected === error.actual)
    return ''
  const sign = { same: ' ', expected: '-', actual: '+' }
  const diff = diffLines(
    plainText(clipEnd(error.expected, MAX_TEXT)),
    plainText(clipEnd(error.actual, MAX_TEXT)),
  )
  return compactDiff(diff, 2)
    .map((line) => `${sign[line.type]} ${line.text}`)
    .join('\n')
}

function failureView(name: string, text: string, diff: string, reproduce: string): FailureView {
  const clipped = clipEnd(text, MAX_TEXT)
  return { name, text: clipped, diff, reproduce, fence: fenceFor([clipped, diff, reproduce]) }
}
