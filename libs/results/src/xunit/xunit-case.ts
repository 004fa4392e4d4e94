import type { CaseStatus, TestCase } from '@muster/model'
import { parseSeconds } from '../junit/parse-seconds.ts'
import { makeCase } from '../make-case.ts'
import { makeError } from '../make-error.ts'
import { type PathBase, workspacePath } from '../workspace-path.ts'
import { type XmlNode, childOf, childText } from '../xml/subtrees.ts'

const STATUSES: ReadonlyMap<string, CaseStatus> = new Map<string, CaseStatus>([
  ['Pass', 'passed'],
  ['Skip', 'skipped'],
  ['NotRun', 'skipped'],
])

/** A `test` element. xUnit.net counts any exception in a test as a failure, and so do we. */
export function xunitCase(node: XmlNode, base: PathBase): TestCase {
  const { name = '', type = '', result = '', time } = node.attributes
  const failure = childOf(node, 'failure')
  const source = node.attributes['source-file']
  const reason = childOf(node, 'reason')
  return makeCase({
    path: type === '' ? [name] : [type, name.startsWith(`${type}.`) ? name.slice(type.length + 1) : name],
    file: source === undefined ? undefined : workspacePath(source, base),
    status: STATUSES.get(result) ?? 'failed',
    durationMs: time === undefined ? 0 : parseSeconds(time),
    skipReason: reason?.text.trim() || (result === 'NotRun' ? 'not run' : undefined),
    error: failureError(failure),
    stdout: childText(node, 'output'),
  })
}

/** An `error` element: a set-up, a clean-up or the discovery broke. */
export function xunitError(node: XmlNode): TestCase {
  const { name = '', type = '' } = node.attributes
  return makeCase({
    path: [`${name === '' ? 'xUnit.net' : name} (${type === '' ? 'error' : type})`],
    status: 'failed',
    error: failureError(childOf(node, 'failure')),
    errored: true,
  })
}

const failureError = (failure: XmlNode | undefined): ReturnType<typeof makeError> =>
  makeError({
    message: childText(failure, 'message') ?? failure?.attributes['exception-type'],
    stack: childText(failure, 'stack-trace'),
  })
