import type { CaseStatus, TestCase } from '@muster/model'
import { makeCase } from '../make-case.ts'
import { makeError } from '../make-error.ts'
import { type XmlNode, childOf, childText } from '../xml/subtrees.ts'
import { parseTimeSpan } from './parse-time-span.ts'

/** https://learn.microsoft.com/en-us/dotnet/api/microsoft.visualstudio.testtools.unittesting.unittestoutcome and vstst.xsd. */
const SKIPPED = new Set(['NotExecuted', 'Inconclusive', 'NotRunnable', 'Pending', 'Blocked', 'Disconnected'])
const PASSED = new Set(['Passed', 'Completed', 'Warning', 'PassedButRunAborted'])
/** The test broke, or was stopped; no expectation of it failed. */
const ERRORED = new Set(['Error', 'Timeout', 'Aborted', 'InProgress'])

export function trxCase(node: XmlNode): TestCase {
  const { testName, outcome = '', duration } = node.attributes
  const output = childOf(node, 'Output')
  const info = childOf(output, 'ErrorInfo')
  const status = statusOf(outcome)
  const message = childText(info, 'Message')
  return makeCase({
    path: [testName ?? ''],
    status,
    durationMs: duration === undefined ? 0 : parseTimeSpan(duration),
    skipReason: message ?? (outcome === 'NotExecuted' ? undefined : outcome.toLowerCase()),
    error: makeError({ message: message ?? outcome.toLowerCase(), stack: childText(info, 'StackTrace') }),
    errored: ERRORED.has(outcome),
    stdout: childText(output, 'StdOut'),
    stderr: childText(output, 'StdErr'),
  })
}

/** The schema's default is a failure: an outcome that nobody knows must not look green. */
function statusOf(outcome: string): CaseStatus {
  if (PASSED.has(outcome)) return 'passed'
  return SKIPPED.has(outcome) ? 'skipped' : 'failed'
}
