import { inspect, stripVTControlCharacters } from 'node:util'
import type { CaseError, CaseStatus, TestCase } from '@muster/model'
import {
  countField,
  listField,
  numberField,
  objectField,
  textField,
  textsField,
  type JsonObject,
} from '../json/fields.ts'
import { isObject } from '../json/json-value.ts'
import { makeCase } from '../make-case.ts'
import { makeError } from '../make-error.ts'

const STATUSES: Readonly<Record<string, CaseStatus>> = {
  passed: 'passed',
  failed: 'failed',
  pending: 'skipped',
  skipped: 'skipped',
  todo: 'skipped',
  disabled: 'skipped',
  focused: 'passed',
}

/** One assertion result; undefined when it states no status that is known. */
export function jestCase(value: JsonObject, file: string | undefined): TestCase | undefined {
  const stated = textField(value, 'status') ?? ''
  const status = Object.hasOwn(STATUSES, stated) ? STATUSES[stated] : undefined
  if (status === undefined) return undefined
  // Vitest leaves the messages of earlier executions on a test that passed in the end; Jest has a list of them.
  const messages = textsField(value, 'failureMessages')
  const earlier = status === 'passed' ? messages : textsField(value, 'retryReasons')
  return makeCase({
    path: [
      ...textsField(value, 'ancestorTitles'),
      textField(value, 'title') ?? textField(value, 'fullName') ?? '',
    ],
    file,
    status,
    durationMs: numberField(value, 'duration'),
    attempts: Math.max(countField(value, 'invocations') ?? 1, earlier.length + 1),
    skipReason: stated === 'todo' ? 'todo' : undefined,
    error: status === 'failed' ? failure(messages, value) : undefined,
    earlierErrors: earlier.map((message) => jestError(message)),
  })
}

/** A test file that failed without a failing test: it could not be loaded, or a hook outside of tests broke. */
export const jestFileError = (result: JsonObject, file: string | undefined): TestCase =>
  makeCase({
    path: ['(test file failed to run)'],
    file,
    status: 'failed',
    error: jestError((textField(result, 'message') ?? '').replace(/^\s*● Test suite failed to run\s*/, '')),
    errored: true,
  })

/** The first message speaks, the others follow in the stack. */
function failure(messages: readonly string[], value: JsonObject): CaseError {
  const error = jestError(messages.join('\n\n'))
  const [first] = listField(value, 'failureDetails')
  const matcher = objectField(isObject(first) ? first : undefined, 'matcherResult')
  if (matcher?.['expected'] === undefined || matcher['actual'] === undefined) return error
  return makeError({ ...error, expected: shown(matcher['expected']), actual: shown(matcher['actual']) })
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : inspect(value, { depth: 4 }))

/** A message is what `Error.stack` is: the message, which may have several lines, then the frames. */
function jestError(text: string): CaseError {
  const plain = stripVTControlCharacters(text)
  const frames = plain.search(/\n\s+at /)
  return makeError({ message: frames === -1 ? plain : plain.slice(0, frames), stack: plain })
}
