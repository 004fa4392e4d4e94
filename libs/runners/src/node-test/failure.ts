import type { CaseError } from '@muster/model'
import { caseError } from '../case-error.ts'
import type { EventData, TestFailure } from './test-event.ts'

/** What a test threw, or why node calls it failed; then the place is where the test stands. */
export function failureError({ name, file, line, column, details }: EventData): CaseError {
  const error = details?.error
  if (error === undefined) return { message: 'no reason was given' }
  const { cause } = error
  const place = `    at ${name} (${file}:${line}:${column})`
  const own = error.message.startsWith('failed running ') ? `${error.message}: ` : ''
  if (typeof cause !== 'object' || cause === null) {
    const message = typeof cause === 'string' ? cause : caseError(cause ?? error.message).message
    return { message: own + message, stack: `${own}${message}\n${place}` }
  }
  const thrown = caseError(cause)
  return { ...thrown, message: own + thrown.message, stack: thrown.stack ?? place }
}

/** What ends a process that nobody caught: `TypeError: x is …`, `Error [ERR_X]: …`. */
const UNCAUGHT = /^(?:Uncaught )?\w*(?:Error|Exception)\b[^\n]*$/m

/**
 * Why a file failed as a whole.
 * @param said what its process wrote to stderr, or what node said of it
 */
export function fileError(name: string, error: TestFailure | undefined, said: string): CaseError {
  const how =
    typeof error?.signal === 'string'
      ? `was killed by ${error.signal}`
      : typeof error?.exitCode === 'number'
        ? `exited with code ${error.exitCode}`
        : (error?.message ?? 'failed')
  const thrown = UNCAUGHT.exec(said)
  if (!thrown) return { message: `${name} ${how}` }
  return { message: `${name} ${how}: ${thrown[0]}`, stack: said.slice(thrown.index).trimEnd() }
}
