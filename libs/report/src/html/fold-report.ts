import type { OutputRef, RunRecord, SuiteRecord, TestCase } from '@muster/model'
import { isFlakyCase } from '@muster/model'
import { isTroubled } from '../facts/suite-facts.ts'
import { clipEnd, clipStart } from '../text/clip.ts'
import { compactDiff, diffLines } from '../text/diff-lines.ts'
import { plainText } from '../text/plain-text.ts'
import {
  CASE_STATUSES,
  type CaseDetail,
  type CaseRow,
  type ReportData,
  type ReportSuite,
} from './report-data.ts'

/** Characters. A page with a thousand failures must still open. */
const MAX_TEXT = 16_000
const MAX_SIDE = 20_000
const MAX_OUTPUT = 64_000
/** All captured output together. */
const OUTPUT_BUDGET = 8_000_000

export type ReadOutput = (ref: OutputRef) => Promise<string | undefined>

/** The record made ready for the page: compact cases, bounded texts, and the output of suites that need it. */
export async function foldReport(record: RunRecord, readOutput: ReadOutput): Promise<ReportData> {
  const { suites, notes: _notes, version: _version, ...run } = record
  const groups = new Dictionary()
  const files = new Dictionary()
  const reported: ReportSuite[] = []
  let budget = OUTPUT_BUDGET
  for (const suite of suites) {
    const outputs = needsOutput(suite) ? await readOutputs(suite, readOutput, budget) : {}
    budget -= (outputs.stdout?.length ?? 0) + (outputs.stderr?.length ?? 0)
    const cases = suite.cases.map((each) => caseRow(each, groups, files))
    reported.push({ ...suiteHead(suite), ...outputs, cases })
  }
  return {
    run,
    groups: groups.keys.map((key) => JSON.parse(key) as string[]),
    files: files.keys,
    suites: reported,
  }
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

function suiteHead(suite: SuiteRecord): Omit<ReportSuite, 'cases'> {
  const { cached: _cached, stdout: _stdout, stderr: _stderr, cases: _cases, ...rest } = suite
  return { ...rest, troubled: isTroubled(suite) }
}

/** The output of a clean pass is not worth reading from disk after every run. */
const needsOutput = (suite: SuiteRecord): boolean =>
  isTroubled(suite) || suite.status === 'aborted' || suite.flaky > 0

async function readOutputs(
  suite: SuiteRecord,
  readOutput: ReadOutput,
  budget: number,
): Promise<{ stdout?: string; stderr?: string }> {
  const outputs: { stdout?: string; stderr?: string } = {}
  for (const stream of ['stdout', 'stderr'] as const) {
    const ref = suite[stream]
    if (!ref || ref.bytes === 0) continue
    // A capture that is gone is said in its place, so that nobody takes it for silence.
    const text = (await readOutput(ref).catch(() => undefined)) ?? '(the captured output is no longer there)'
    outputs[stream] =
      budget < MAX_OUTPUT
        ? '(left out: the report already holds 8 MB of output)'
        : clipStart(text, MAX_OUTPUT)
  }
  return outputs
}

function caseRow(testCase: TestCase, groups: Dictionary, files: Dictionary): CaseRow {
  const group = groups.index(JSON.stringify(testCase.path.slice(0, -1)))
  const title = testCase.path.at(-1) ?? ''
  const status = CASE_STATUSES.indexOf(testCase.status)
  const durationMs = Math.round(testCase.durationMs * 100) / 100
  const file = testCase.file === undefined ? -1 : files.index(testCase.file)
  const detail = caseDetail(testCase)
  return detail ? [group, title, status, durationMs, file, detail] : [group, title, status, durationMs, file]
}

function caseDetail(testCase: TestCase): CaseDetail | undefined {
  const { error, skipReason, hook } = testCase
  if (!error && skipReason === undefined && hook !== true && !isFlakyCase(testCase)) return undefined
  return {
    ...(error && { message: clipEnd(error.message, MAX_TEXT) }),
    ...(error?.stack !== undefined && { stack: clipEnd(error.stack, MAX_TEXT) }),
    ...(error?.expected !== undefined &&
      error.actual !== undefined &&
      error.expected !== error.actual && { diff: boundedDiff(error.expected, error.actual) }),
    ...(skipReason !== undefined && { skipReason: clipEnd(skipReason, MAX_TEXT) }),
    ...(testCase.attempts !== undefined && { attempts: testCase.attempts }),
    ...(hook === true && { hook }),
  }
}

const boundedDiff = (expected: string, actual: string): ReturnType<typeof diffLines> =>
  compactDiff(diffLines(plainText(clipEnd(expected, MAX_SIDE)), plainText(clipEnd(actual, MAX_SIDE))), 3)
