import { stripVTControlCharacters } from 'node:util'
import type { CaseError } from '@muster/model'
import { caseError } from '../case-error.ts'
import type { JestCase } from './jest-api.ts'

/** Why a test failed; jest tells every failure of a test, such as its own and then that of a hook. */
export function jestError({ failureMessages, failureDetails }: JestCase): CaseError {
  const stacks = failureMessages.map((text) => stripVTControlCharacters(text))
  const [first = 'failed'] = stacks
  return caseError({ message: messageOf(first), stack: stacks.join('\n\n'), ...sidesOf(failureDetails[0]) })
}

/** Why a file failed apart from its tests. */
export function jestFileError(error: unknown, shown: string | null | undefined): CaseError {
  const { message, stack } = error as { message?: unknown; stack?: unknown }
  if (typeof stack === 'string' && stack !== '') {
    return caseError({ message: messageOf(stripVTControlCharacters(stack)), stack })
  }
  const text = typeof shown === 'string' ? undressed(stripVTControlCharacters(shown)) : ''
  return caseError({ message: text || (typeof message === 'string' ? message : 'failed') })
}

/** Everything before the first frame, without the name that says nothing. */
const messageOf = (stack: string): string =>
  stack
    .split(/\n\s+at /, 1)[0]!
    .replace(/^Error: (?=\S)/, '')
    .trim()

/** Without jest's bullet, heading and margin. */
const undressed = (text: string): string =>
  text
    .replace(/^\s*● Test suite failed to run\s*/, '')
    .replaceAll(/^ {4}/gm, '')
    .trim()

/** `expect` puts both sides into `matcherResult`, node's assert on the error itself. */
function sidesOf(detail: unknown): { expected?: unknown; actual?: unknown } {
  if (typeof detail !== 'object' || detail === null) return {}
  const { matcherResult } = detail as { matcherResult?: unknown }
  const holder = typeof matcherResult === 'object' && matcherResult !== null ? matcherResult : detail
  if (!('expected' in holder && 'actual' in holder)) return {}
  return { expected: holder.expected, actual: holder.actual }
}
