import type { CaseError } from '@muster/model'
import { MAX_ERROR_TEXT } from './limits.ts'
import { cut, detach, firstLine } from './text.ts'

interface ErrorParts {
  readonly message?: string | undefined
  readonly stack?: string | undefined
  readonly expected?: string | undefined
  readonly actual?: string | undefined
}

/** An error with its texts cut; without a message the stack's first line speaks. */
export function makeError({ message = '', stack = '', expected, actual }: ErrorParts): CaseError {
  const said = message.trim() || firstLine(stack) || 'failed'
  return {
    message: kept(said),
    ...(stack.trim() !== '' && stack.trim() !== said && { stack: kept(stack.trimEnd()) }),
    ...(expected !== undefined && { expected: kept(expected) }),
    ...(actual !== undefined && { actual: kept(actual) }),
  }
}

const kept = (text: string): string => cut(detach(text), MAX_ERROR_TEXT)
