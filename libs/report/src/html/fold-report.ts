import type { Attachment, Metric, RunRecord, SuiteRecord, TestCase } from '@muster/model'
import { isFlakyCase, isQuarantinedFailure } from '@muster/model'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import { criticalChain } from '../facts/critical-chain.ts'
import { isTroubled } from '../facts/suite-facts.ts'
import { clipEnd } from '../text/clip.ts'
import { compactDiff, diffLines } from '../text/diff-lines.ts'
import { plainText } from '../text/plain-text.ts'
import { attachmentViews } from './attachment-views.ts'
import { OutputReader, type ReadOutput } from './attempt-outputs.ts'
import {
  type AttachmentView,
  CASE_STATUSES,
  type CaseDetail,
  type CaseRow,
  type ReportAttempt,
  type ReportData,
  type ReportSuite,
} from './report-data.ts'

/** Characters. A page with a thousand failures must still open. */
const MAX_TEXT = 16_000
const MAX_SIDE = 20_000
const MAX_EARLIER = 2_000
const MAX_EARLIER_ERRORS = 5

/** The record made ready for the page: compact cases, bounded texts, and the output of suites that need it. */
export async function foldReport(
  record: RunRecord,
  readOutput: ReadOutput,
  store: AttachmentStore,
): Promise<ReportData> {
  const { suites, notes: _notes, version: _version, ...run } = record
  const names: Names = { groups: new Dictionary(), files: new Dictionary(), runs: new Dictionary() }
  const views = await attachmentViews(record, store)
  const reader = new OutputReader(readOutput)
  const reported: ReportSuite[] = []
  for (const suite of suites) {
    const attempts: ReportAttempt[] = []
    for (const attempt of suite.attempts) {
      const { stdout: _stdout, stderr: _stderr, ...rest } = attempt
      attempts.push({ ...rest, ...(await reader.of(suite, attempt)) })
    }
    const cases = suite.cases.map((each) => caseRow(each, names, views))
    reported.push({ ...suiteHead(suite), attempts, cases })
  }
  return {
    run,
    groups: names.groups.keys.map((key) => JSON.parse(key) as string[]),
    files: names.files.keys,
    runs: names.runs.keys,
    suites: reported,
    chain: criticalChain(record),
  }
}

interface Names {
  readonly groups: Dictionary
  readonly files: Dictionary
  readonly runs: Dictionary
}

/** Strings to small numbers, in order of first use. */
class Dictionary {
  readonly keys: string[] = []
  readonly #indexes = new Map<string, number>()

  index(key: string): number {
    const known = this.#indexes.get(key)
    if (known !== undefined) return known
    this.#indexes.set(key, this.keys.length)
    return this.keys.push(key) - 1
  }
}

function suiteHead(suite: SuiteRecord): Omit<ReportSuite, 'cases' | 'attempts'> {
  const { cached: _cached, attempts: _attempts, cases: _cases, ...rest } = suite
  return { ...rest, troubled: isTroubled(suite) }
}

type Views = ReadonlyMap<Attachment, AttachmentView>

function caseRow(testCase: TestCase, { groups, files, runs }: Names, views: Views): CaseRow {
  const group = groups.index(JSON.stringify(testCase.path.slice(0, -1)))
  const title = testCase.path.at(-1) ?? ''
  const status = CASE_STATUSES.indexOf(testCase.status)
  const durationMs = Math.round(testCase.durationMs * 100) / 100
  const file = testCase.file === undefined ? -1 : files.index(testCase.file)
  const detail = caseDetail(testCase, runs, views)
  return detail ? [group, title, status, durationMs, file, detail] : [group, title, status, durationMs, file]
}

function caseDetail(testCase: TestCase, runs: Dictionary, views: Views): CaseDetail | undefined {
  const { error, skipReason, hook, notRerun, notRerunFrom, attachments, metrics } = testCase
  const plain = !error && skipReason === undefined && hook !== true && notRerun !== true
  if (plain && !attachments && !metrics && !isQuarantinedFailure(testCase) && !isFlakyCase(testCase))
    return undefined
  const earlier = (testCase.earlierErrors ?? []).slice(0, MAX_EARLIER_ERRORS)
  return {
    ...(error && { message: clipEnd(error.message, MAX_TEXT) }),
    ...(error?.stack !== undefined && { stack: clipEnd(error.stack, MAX_TEXT) }),
    ...(error?.expected !== undefined &&
      error.actual !== undefined &&
      error.expected !== error.actual && { diff: boundedDiff(error.expected, error.actual) }),
    ...(skipReason !== undefined && { skipReason: clipEnd(skipReason, MAX_TEXT) }),
    ...(testCase.attempts !== undefined && { attempts: testCase.attempts }),
    ...(earlier.length > 0 && {
      earlier: earlier.map((each) => clipEnd(each.stack ?? each.message, MAX_EARLIER)),
    }),
    ...(isQuarantinedFailure(testCase) && { quarantined: clipEnd(testCase.quarantined ?? '', MAX_TEXT) }),
    ...(notRerun === true && { notRerun: notRerunFrom === undefined ? -1 : runs.index(notRerunFrom) }),
    ...(hook === true && { hook }),
    ...(attachments && { attachments: attachments.flatMap((each) => views.get(each) ?? []) }),
    ...(metrics && { metrics: Object.entries(metrics).map(metricText) }),
  }
}

const metricText = ([name, { value, unit }]: readonly [string, Metric]): [string, string] => [
  name,
  `${Number(value.toPrecision(6))}${unit === undefined ? '' : ` ${unit}`}`,
]

const boundedDiff = (expected: string, actual: string): ReturnType<typeof diffLines> =>
  compactDiff(diffLines(plainText(clipEnd(expected, MAX_SIDE)), plainText(clipEnd(actual, MAX_SIDE))), 3)
