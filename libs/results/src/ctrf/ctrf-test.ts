import type { CaseError, CaseStatus, TestCase } from '@muster/model'
import { attachmentAt } from '../attachments.ts'
import { MAX_ATTACHMENTS, MAX_EARLIER_ERRORS, MAX_ERROR_TEXT, MAX_NAME, MAX_OUTPUT } from '../limits.ts'
import { makeError } from '../make-error.ts'
import { cut, detach } from '../text.ts'
import { type PathBase, workspacePath } from '../workspace-path.ts'
import { type Json, describeJson, isObject } from '../json/json-value.ts'

const STATUSES: Readonly<Record<string, CaseStatus>> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  pending: 'skipped',
  other: 'skipped',
}

/** `other` is whatever a producer had no word for; one that was interrupted must not look harmless. */
const BAD_RAW_STATUS = /fail|error|time|crash|interrupt|abort|broken|cancel/i

/** A producer's own word for a test that broke. */
const ERRORED = /^(?:error|errored|broken|crashed|timed-?out|interrupted)$/i

/** Tells what is wrong with a field: `field 'duration': expected …, found …`. */
export type Complain = (problem: string) => void

/**
 * One element of `results.tests` as a test case; undefined when it can't be one. A wrong optional field is
 * complained of and left out.
 */
export function ctrfTestCase(value: Json, base: PathBase, complain: Complain): TestCase | undefined {
  if (!isObject(value)) {
    complain(`expected an object, found ${describeJson(value)}`)
    return undefined
  }
  const text = (key: string): string | undefined => {
    const found = value[key]
    if (typeof found === 'string') return detach(found)
    if (found !== undefined && found !== null) complain(expected(key, 'a string', found))
    return undefined
  }
  const stated = value['status']
  const raw = value['rawStatus']
  const status = statusOf(stated, raw)
  if (status === undefined) {
    complain(expected('status', 'passed, failed, skipped, pending or other', stated))
    return undefined
  }
  const name = value['name']
  if (typeof name !== 'string' || name === '') complain(expected('name', 'a name', name))
  const filePath = text('filePath')
  const file = filePath === undefined ? undefined : workspacePath(filePath, base)
  const message = text('message')
  const trace = text('trace')
  const attempts = attemptsOf(value, complain)
  const earlierErrors = earlierErrorsOf(value)
  const [stdout, stderr] = status === 'failed' ? [lines(value['stdout']), lines(value['stderr'])] : ['', '']
  return {
    path: [
      ...groupsOf(value, complain),
      typeof name === 'string' && name !== '' ? title(name) : '(unnamed test)',
    ],
    ...(file !== undefined && { file }),
    status,
    durationMs: durationOf(value['duration'], complain),
    ...(attempts > 1 && { attempts }),
    ...(earlierErrors.length > 0 && { earlierErrors }),
    ...(status === 'skipped' && skipReason(message, stated)),
    ...(status === 'failed' && {
      error: {
        message: cut(message || 'failed', MAX_ERROR_TEXT),
        ...(trace !== undefined && { stack: cut(trace, MAX_ERROR_TEXT) }),
      },
    }),
    ...(status === 'failed' && typeof raw === 'string' && ERRORED.test(raw) && { errored: true as const }),
    ...(stdout !== '' && { stdout }),
    ...(stderr !== '' && { stderr }),
    ...attachmentsOf(value['attachments'], base),
  }
}

function attachmentsOf(stated: Json | undefined, base: PathBase): Pick<TestCase, 'attachments'> {
  const elements = Array.isArray(stated) ? stated.slice(0, MAX_ATTACHMENTS) : []
  const attachments = elements.flatMap((each) => {
    if (!isObject(each) || typeof each['path'] !== 'string') return []
    const { path, name, contentType } = each
    const told = { name: textOf(name), contentType: textOf(contentType) }
    return attachmentAt(path, base, told) ?? []
  })
  return attachments.length > 0 ? { attachments } : {}
}

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

function statusOf(stated: Json | undefined, raw: Json | undefined): CaseStatus | undefined {
  if (typeof stated !== 'string' || !Object.hasOwn(STATUSES, stated)) return undefined
  const bad = stated === 'other' && typeof raw === 'string' && BAD_RAW_STATUS.test(raw)
  return bad ? 'failed' : STATUSES[stated]
}

const title = (name: string): string => cut(detach(name), MAX_NAME)

function skipReason(message: string | undefined, stated: Json | undefined): Pick<TestCase, 'skipReason'> {
  const reason = message || (typeof stated === 'string' && stated !== 'skipped' ? stated : undefined)
  return reason === undefined ? {} : { skipReason: reason }
}

/** An array of titles; older documents have one string joined with ' > '. */
function groupsOf(value: { readonly [key: string]: Json }, complain: Complain): string[] {
  const suite = value['suite']
  if (suite === undefined || suite === null || suite === '') return []
  if (typeof suite === 'string') return suite.split(' > ').map(title)
  if (Array.isArray(suite) && suite.every((each) => typeof each === 'string')) return suite.map(title)
  complain(expected('suite', 'an array of strings', suite))
  return []
}

function durationOf(duration: Json | undefined, complain: Complain): number {
  if (typeof duration === 'number' && Number.isFinite(duration) && duration >= 0) return duration
  complain(expected('duration', 'milliseconds', duration))
  return 0
}

/** `flaky` alone still says that an earlier execution failed. */
function attemptsOf(value: { readonly [key: string]: Json }, complain: Complain): number {
  const { retries, retryAttempts, flaky } = value
  const earlier = Array.isArray(retryAttempts) ? retryAttempts.length : 0
  const least = flaky === true && value['status'] === 'passed' ? 1 : 0
  if (typeof retries === 'number' && Number.isInteger(retries) && retries >= 0) {
    return Math.max(retries, least) + 1
  }
  if (retries !== undefined && retries !== null) complain(expected('retries', 'a whole number', retries))
  return Math.max(earlier, least) + 1
}

/** Of executions before the last; some producers tell the last one there, too. */
function earlierErrorsOf(value: { readonly [key: string]: Json }): readonly CaseError[] {
  const { retryAttempts, retries } = value
  if (!Array.isArray(retryAttempts)) return []
  const earlier = typeof retries === 'number' ? retryAttempts.slice(0, Math.max(0, retries)) : retryAttempts
  return earlier.slice(0, MAX_EARLIER_ERRORS).flatMap((each) => {
    if (!isObject(each) || each['status'] !== 'failed') return []
    const { message, trace } = each
    if (typeof message !== 'string' && typeof trace !== 'string') return []
    return [
      makeError({
        message: typeof message === 'string' ? message : undefined,
        stack: typeof trace === 'string' ? trace : undefined,
      }),
    ]
  })
}

function lines(output: Json | undefined): string {
  if (!Array.isArray(output)) return ''
  return cut(detach(output.filter((line) => typeof line === 'string').join('\n')), MAX_OUTPUT)
}

const expected = (key: string, what: string, found: Json | undefined): string =>
  `field '${key}': expected ${what}, found ${describeJson(found)}`
