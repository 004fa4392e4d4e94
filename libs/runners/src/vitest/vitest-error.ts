import type { CaseError } from '@muster/model'
import { caseError } from '../case-error.ts'
import type { VitestError } from './vitest-api.ts'

/** Of the executions before the last: what the first ones say is enough, and retries may be many. */
const EARLIER = 5

export function vitestError(error: VitestError | undefined): CaseError {
  if (error === undefined) return { message: 'no reason was given' }
  const { message, stack } = caseError({ ...error, message: error.message ?? String(error.name) })
  const { expected, actual } = error
  const sides = typeof expected === 'string' && typeof actual === 'string' ? { expected, actual } : {}
  return { message, ...(stack !== undefined && { stack: named(stack, error) }), ...sides }
}

/** Some stacks hold places only. */
const named = (stack: string, { name, message }: VitestError): string =>
  message === undefined || stack.includes(message) ? stack : `${name ?? 'Error'}: ${message}\n${stack}`

/**
 * Vitest collects the errors of all tries in one list, and several of one try when expectations are soft. Retried, the
 * last one is that of the last try; otherwise all belong to the one.
 */
export function failure(errors: readonly VitestError[], attempts: number): CaseError {
  if (attempts > 1) return vitestError(errors.at(-1))
  const [first, ...others] = errors.map(vitestError)
  if (first === undefined) return vitestError(undefined)
  if (others.length === 0) return first
  const stacks = [first, ...others].map(({ message, stack }) => stack ?? message)
  return { ...first, stack: stacks.join('\n\n') }
}

/** @param passed at last: then all errors are of tries before */
export function earlierErrors(errors: readonly VitestError[], passed: boolean): readonly CaseError[] {
  return (passed ? errors : errors.slice(0, -1)).slice(0, EARLIER).map(vitestError)
}
