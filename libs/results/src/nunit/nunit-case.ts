import type { CaseStatus, TestCase } from '@muster/model'
import { parseSeconds } from '../junit/parse-seconds.ts'
import { makeCase } from '../make-case.ts'
import { makeError } from '../make-error.ts'
import { type XmlAncestor, type XmlNode, childOf, childText } from '../xml/subtrees.ts'

const STATUSES: ReadonlyMap<string, CaseStatus> = new Map<string, CaseStatus>([
  // NUnit 3
  ['Passed', 'passed'],
  ['Warning', 'passed'],
  ['Failed', 'failed'],
  ['Skipped', 'skipped'],
  ['Inconclusive', 'skipped'],
  // NUnit 2
  ['Success', 'passed'],
  ['Failure', 'failed'],
  ['Error', 'failed'],
  ['Cancelled', 'failed'],
  ['NotRunnable', 'failed'],
  ['Ignored', 'skipped'],
])

/** Labels of NUnit 3, and results of NUnit 2, of tests that broke. */
const ERRORED = new Set(['Error', 'Cancelled', 'Invalid', 'NotRunnable'])

export function nunitCase(node: XmlNode, ancestors: readonly XmlAncestor[]): TestCase {
  const { attributes } = node
  const { result = '', label = '', executed, success } = attributes
  const status = STATUSES.get(result) ?? statusOfOld(executed, success)
  const failure = childOf(node, 'failure')
  const seconds = attributes['duration'] ?? attributes['time']
  return makeCase({
    path: pathOf(node, ancestors),
    status,
    durationMs: seconds === undefined ? 0 : parseSeconds(seconds),
    skipReason: childText(childOf(node, 'reason'), 'message') ?? (label || undefined),
    error: makeError({
      message: childText(failure, 'message') ?? (label || result.toLowerCase()),
      stack: childText(failure, 'stack-trace'),
    }),
    errored: ERRORED.has(label) || ERRORED.has(result),
    stdout: childText(node, 'output'),
  })
}

/** NUnit before 2.5 has no `result`. */
function statusOfOld(executed: string | undefined, success: string | undefined): CaseStatus {
  if (executed?.toLowerCase() === 'false') return 'skipped'
  return success?.toLowerCase() === 'true' ? 'passed' : 'failed'
}

/** Suites that are no part of a class's name; NUnit before 2.5 has no types. */
const NO_CLASS = new Set([
  'Project',
  'Assembly',
  'ParameterizedTest',
  'ParameterizedFixture',
  'GenericMethod',
  'Theory',
])

/** NUnit 3 names the class; NUnit 2 has it only as the suites around, one a part of the namespace. */
function pathOf({ attributes }: XmlNode, ancestors: readonly XmlAncestor[]): string[] {
  const { name = '', classname, fullname } = attributes
  if (fullname !== undefined || classname !== undefined) {
    const className = classname ?? fullname?.slice(0, -name.length - 1) ?? ''
    return className === '' ? [name] : [className, name]
  }
  const groups = ancestors
    .filter((around) => around.name === 'test-suite' && !NO_CLASS.has(around.attributes['type'] ?? ''))
    .map((suite) => suite.attributes['name'] ?? '')
    .filter((group) => group !== '' && !/[\\/]|\.dll$/i.test(group))
  // The longest tail of the suites that the full name begins with: outer suites may be projects.
  for (let from = 0; from < groups.length; from++) {
    const className = groups.slice(from).join('.')
    if (name.startsWith(`${className}.`)) return [className, name.slice(className.length + 1)]
  }
  const fixture = groups.at(-1)
  return fixture === undefined || fixture === name ? [name] : [fixture, name]
}
