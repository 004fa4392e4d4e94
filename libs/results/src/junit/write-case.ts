import type { CaseError, TestCase } from '@muster/model'
import { ownClassName } from './case-path.ts'
import { element, properties, seconds } from './xml-element.ts'
import { xmlContent } from '../xml/xml-text.ts'

/** Executions that are told apart; beyond it only the number of lines would grow. */
const MAX_RERUNS = 20

/** Adds the lines of one `testcase`. @param suite the name that the class name begins with */
export function writeCase(lines: string[], suite: string, testCase: TestCase): void {
  const { path, file, durationMs, stdout, stderr, quarantined, notRerun, notRerunFrom } = testCase
  const head = element('testcase', {
    classname: ownClassName(suite, path),
    name: path.at(-1) ?? '',
    time: seconds(durationMs),
    ...(file !== undefined && { file }),
  })
  const children = [
    ...properties({
      ...(quarantined !== undefined && { quarantined }),
      ...(notRerun && { notRerun: 'true' }),
      ...(notRerunFrom !== undefined && { notRerunFrom }),
    }),
    ...results(testCase),
  ]
  if (stdout !== undefined) children.push(`<system-out>${xmlContent(stdout)}</system-out>`)
  if (stderr !== undefined) children.push(`<system-err>${xmlContent(stderr)}</system-err>`)
  if (children.length === 0) lines.push(`    ${head}/>`)
  else lines.push(`    ${head}>`, ...children.map((child) => `      ${child}`), '    </testcase>')
}

/**
 * As Maven Surefire tells several executions: a pass after failures has a `flakyFailure` for each of them; a failure
 * has the first as `failure` and each later one as `rerunFailure`.
 */
function results({
  status,
  attempts = 1,
  error,
  earlierErrors = [],
  skipReason,
  quarantined,
  errored,
}: TestCase): string[] {
  const reruns = Math.min(Math.max(0, attempts - 1), MAX_RERUNS)
  switch (status) {
    case 'passed':
      return executions('flakyFailure', reruns, earlierErrors)
    case 'failed': {
      const [first = { message: 'failed' }, ...later] = [...earlierErrors, ...(error ? [error] : [])]
      if (quarantined !== undefined) return [inQuarantine(error ?? first, quarantined)]
      return [failure(errored ? 'error' : 'failure', first), ...executions('rerunFailure', reruns, later)]
    }
    case 'skipped':
      return [`${element('skipped', skipReason === undefined ? {} : { message: skipReason })}/>`]
  }
}

/** Not every runner tells what went wrong in an execution that it repeated. */
const executions = (name: string, count: number, errors: readonly CaseError[]): string[] =>
  Array.from({ length: count }, (_, index) => {
    const error = errors[index]
    if (!error) return `${element(name, { message: `execution failed; ${count + 1} executions in all` })}/>`
    const head = element(name, { message: error.message, type: 'failure' })
    return `${head}><stackTrace>${xmlContent(errorText(error))}</stackTrace></${name}>`
  })

const failure = (name: 'failure' | 'error', error: CaseError): string =>
  `${element(name, { message: error.message, type: name })}>${xmlContent(errorText(error))}</${name}>`

const inQuarantine = (error: CaseError, reason: string): string => {
  const message = `failed in quarantine (${reason}): ${error.message}`
  return `${element('skipped', { message })}>${xmlContent(errorText(error))}</skipped>`
}

function errorText({ message, stack, expected, actual }: CaseError): string {
  const parts = [stack ?? message]
  if (expected !== undefined) parts.push(`expected: ${expected}`)
  if (actual !== undefined) parts.push(`actual: ${actual}`)
  return parts.join('\n\n')
}
