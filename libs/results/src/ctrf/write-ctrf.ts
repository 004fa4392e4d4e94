import type { Attachment, CaseError, RunRecord, SuiteRecord, TestCase } from '@muster/model'
import { isFlakyCase, isQuarantinedFailure } from '@muster/model'
import { isoTime } from '../iso-time.ts'
import { suiteVerdictCase, type VerdictCase } from '../suite-verdict-case.ts'

const SPEC_VERSION = '0.0.0'

/** Executions that are told apart; beyond it only the document would grow. */
const MAX_RETRY_ATTEMPTS = 20

/** The part of CTRF's test that we write. */
interface CtrfTest {
  readonly name: string
  readonly status: 'passed' | 'failed' | 'skipped' | 'other'
  readonly duration: number
  readonly suite: readonly string[]
  readonly type: string
  readonly [optional: string]: unknown
}

/** Where a reader of the document finds an attachment; undefined: where the tool left it. */
export type AttachmentPath = (attachment: Attachment) => string | undefined

/**
 * The run as a CTRF document (https://ctrf.io, schema 0.0), indented by nothing. `suite` begins with the
 * suite's name. A suite whose verdict its cases don't tell has a failed test of its own. A failure in quarantine is
 * `other` with rawStatus `quarantined`: readers count only `failed` as red, and show message and trace all the same.
 */
export function writeCtrf(record: RunRecord, pathOf: AttachmentPath = () => undefined): string {
  const tests = record.suites.flatMap((suite) => suiteTests(suite, pathOf))
  const having = (status: CtrfTest['status']): number => tests.filter((test) => test.status === status).length
  const timestamp = isoTime(record.finishedAt)
  return JSON.stringify({
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    ...(record.runId !== '' && { runId: record.runId }),
    ...(timestamp !== undefined && { timestamp }),
    generatedBy: `muster ${record.muster}`,
    results: {
      tool: { name: 'muster', version: record.muster },
      summary: {
        tests: tests.length,
        passed: having('passed'),
        failed: having('failed'),
        skipped: having('skipped'),
        pending: 0,
        other: having('other'),
        flaky: tests.filter((test) => test['flaky'] === true).length,
        suites: record.suites.length,
        start: whole(record.startedAt),
        stop: whole(record.finishedAt),
        duration: whole(record.finishedAt - record.startedAt),
        extra: {
          verdict: record.verdict,
          complete: record.complete,
          quarantined: having('other'),
          notRerun: record.totals.notRerun,
          utilisation: record.utilisation,
          ...(record.halted !== undefined && { halted: record.halted }),
        },
      },
      tests,
      environment: {
        osPlatform: record.platform,
        healthy: record.verdict === 'passed',
        extra: { node: record.node, command: record.command, workers: record.workers },
      },
    },
  })
}

function suiteTests(suite: SuiteRecord, pathOf: AttachmentPath): CtrfTest[] {
  const verdict = suiteVerdictCase(suite)
  const tests = suite.cases.map((testCase) => caseTest(suite, testCase, pathOf))
  return verdict ? [...tests, verdictTest(suite, verdict)] : tests
}

function caseTest(suite: SuiteRecord, testCase: TestCase, pathOf: AttachmentPath): CtrfTest {
  const { path, status, durationMs, file, error, skipReason, attempts = 1, stdout, stderr } = testCase
  const message = status === 'failed' ? (error?.message ?? 'failed') : skipReason
  const extra = caseExtra(suite, testCase)
  const attachments = attachmentsOf(testCase, pathOf)
  return {
    // The schema wants at least one character.
    name: path.at(-1) || '(unnamed test)',
    ...(isQuarantinedFailure(testCase) ? { status: 'other', rawStatus: 'quarantined' } : { status }),
    ...(testCase.errored && !isQuarantinedFailure(testCase) && { rawStatus: 'error' }),
    duration: whole(durationMs),
    suite: [suite.name, ...path.slice(0, -1)],
    type: suite.kind,
    ...(file !== undefined && { filePath: file }),
    ...(message !== undefined && { message }),
    ...(error?.stack !== undefined && { trace: error.stack }),
    ...(attempts > 1 && {
      retries: whole(attempts - 1),
      flaky: isFlakyCase(testCase),
      retryAttempts: retryAttempts(attempts, testCase.earlierErrors),
    }),
    ...(stdout !== undefined && { stdout: stdout.split('\n') }),
    ...(stderr !== undefined && { stderr: stderr.split('\n') }),
    ...(attachments.length > 0 && { attachments }),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}

/** The schema wants a path: what has none isn't told. */
const attachmentsOf = ({ attachments = [] }: TestCase, pathOf: AttachmentPath): readonly unknown[] =>
  attachments.flatMap((attachment) => {
    const path = pathOf(attachment) ?? attachment.file
    const { name, contentType } = attachment
    return path === undefined ? [] : [{ name: name || '(unnamed)', contentType, path }]
  })

const caseExtra = (suite: SuiteRecord, testCase: TestCase): Readonly<Record<string, unknown>> => ({
  ...(suite.cached && { cached: true, ...(suite.from && { from: suite.from.runId }) }),
  ...(testCase.hook && { hook: true }),
  ...(testCase.quarantined !== undefined && { quarantined: testCase.quarantined }),
  ...(testCase.notRerun && { notRerun: true }),
  ...(testCase.notRerunFrom !== undefined && { notRerunFrom: testCase.notRerunFrom }),
  ...(testCase.error?.expected !== undefined && { expected: testCase.error.expected }),
  ...(testCase.error?.actual !== undefined && { actual: testCase.error.actual }),
  ...(testCase.metrics && { metrics: testCase.metrics }),
})

/** The failing executions before the last one; not every runner tells what went wrong in them. */
const retryAttempts = (attempts: number, errors: readonly CaseError[] = []): readonly unknown[] =>
  Array.from({ length: Math.min(attempts - 1, MAX_RETRY_ATTEMPTS) }, (_, index) => ({
    attempt: index + 1,
    status: 'failed',
    ...(errors[index] && { message: errors[index].message }),
    ...(errors[index]?.stack !== undefined && { trace: errors[index].stack }),
  }))

const verdictTest = (suite: SuiteRecord, { name, result, message }: VerdictCase): CtrfTest => ({
  name,
  // CTRF has `other`, but readers count only `failed` as red.
  status: result === 'error' ? 'failed' : 'skipped',
  rawStatus: suite.status,
  duration: 0,
  suite: [suite.name],
  type: suite.kind,
  message,
})

/** The schema wants whole numbers. */
const whole = (value: number): number => (Number.isFinite(value) ? Math.max(0, Math.round(value)) : 0)
