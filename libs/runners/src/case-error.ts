import { inspect } from 'node:util'
import type { CaseError } from '@muster/model'

/** Characters kept of each text: enough for a big diff, and 100,000 failures still fit a disk. */
const TEXT_LIMIT = 64 * 1024
const CAUSES = 5

/** Whatever a test threw, as bounded plain text. Never throws, however hostile the value's getters are. */
export function caseError(thrown: unknown): CaseError {
  try {
    if (!isErrorLike(thrown)) return { message: bounded(display(thrown)) }
    const stack = stackWithCauses(thrown)
    return {
      message: bounded(messageOf(thrown)),
      ...(stack !== '' && { stack: bounded(stack) }),
      ...sides(thrown),
    }
  } catch {
    return { message: 'the thrown value could not be read' }
  }
}

interface ErrorLike {
  readonly name?: unknown
  readonly message: string
  readonly stack?: unknown
  readonly cause?: unknown
  readonly showDiff?: unknown
  readonly expected?: unknown
  readonly actual?: unknown
}

const isErrorLike = (value: unknown): value is ErrorLike =>
  value instanceof Error ||
  (typeof value === 'object' && value !== null && typeof (value as ErrorLike).message === 'string')

const messageOf = (error: ErrorLike): string =>
  error.message !== '' ? error.message : typeof error.name === 'string' ? error.name : 'no message'

function stackWithCauses(error: ErrorLike): string {
  const seen = new Set<unknown>()
  const parts: string[] = []
  let current: unknown = error
  while (current !== undefined && current !== null && !seen.has(current) && parts.length < CAUSES) {
    seen.add(current)
    const stack = isErrorLike(current) ? current.stack : display(current)
    if (typeof stack === 'string' && stack !== '') parts.push(stack)
    current = isErrorLike(current) ? current.cause : undefined
  }
  return parts.join('\nCaused by: ')
}

/** Both sides under the rule by which mocha itself would show a diff. */
function sides(error: ErrorLike): { expected?: string; actual?: string } {
  const { expected, actual } = error
  const shown = error.showDiff !== false && expected !== undefined && tag(expected) === tag(actual)
  return shown ? { expected: bounded(display(expected)), actual: bounded(display(actual)) } : {}
}

const tag = (value: unknown): string => Object.prototype.toString.call(value)

/** `inspect` with limits, not mocha's stringify: that one walks a whole cyclic heap or a 100 MB buffer. */
const display = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : inspect(value, {
        depth: 10,
        sorted: true,
        breakLength: 80,
        compact: false,
        maxArrayLength: 1000,
        maxStringLength: TEXT_LIMIT,
      })

function bounded(text: string): string {
  if (text.length <= TEXT_LIMIT) return text
  return `${text.slice(0, TEXT_LIMIT)}\n… ${text.length - TEXT_LIMIT} more characters`
}
