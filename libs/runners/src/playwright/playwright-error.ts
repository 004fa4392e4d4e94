import { stripVTControlCharacters } from 'node:util'
import type { CaseError } from '@muster/model'
import { caseError } from '../case-error.ts'
import type { PlaywrightError, PlaywrightResult } from './playwright-api.ts'

/** Why an execution failed; Playwright tells every error of it, such as the test's own and then that of a hook. */
export function executionError({ errors, status }: PlaywrightResult): CaseError {
  if (errors.length === 0) {
    return { message: status === 'passed' ? 'It passed, though it was expected to fail' : `it ${status}` }
  }
  const told = errors.map(playwrightError)
  // What a test broke on says more than that its time was up.
  const main = told.find(({ message }) => !message.startsWith('Test timeout of')) ?? told[0]!
  const others = told.filter((each) => each !== main).map(({ stack, message }) => stack ?? message)
  const message = [main.message, ...(status === 'timedOut' && main !== told[0] ? [told[0]!.message] : [])]
  const stack = [main.stack, ...others].filter((each) => each !== undefined).join('\n\n')
  return caseError({ message: message.join('\n\n'), stack })
}

export function playwrightError({ message, stack, value, location }: PlaywrightError): CaseError {
  const text = stripVTControlCharacters(message ?? value ?? 'no message').replace(/^Error: (?=\S)/, '')
  const place = location ? `${text}\n    at ${location.file}:${location.line}` : undefined
  const trace = stack === undefined || stack === '' ? place : stripVTControlCharacters(stack)
  return { message: text, ...(trace !== undefined && { stack: trace }) }
}
