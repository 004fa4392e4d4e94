import type { CaseError, SuiteRecord, TestCase } from '@muster/model'
import type { FlakyFinding } from '../facts/flaky-findings.ts'
import { plainLine } from '../text/plain-text.ts'
import { casePath } from './case-failure.ts'
import type { Style } from './style.ts'

/** What passed only after a failure: its name, at which execution, and the first error in one line. */
export function flakyLines({ suite, testCase, attempt, error }: FlakyFinding, style: Style): string[] {
  const what = testCase ? `${plainLine(suite.name)}: ${casePath(testCase, style)}` : plainLine(suite.name)
  const title = `${style.warn(style.symbols.flaky)} ${what}  ${style.warn(`passed on attempt ${attempt}`)}`
  return [title, ...firstLine(error, style)]
}

/** A failure that doesn't count, never without the reason why it doesn't. */
export function quarantineLines(suite: SuiteRecord, testCase: TestCase, style: Style): string[] {
  const title = `${style.warn(style.symbols.quarantined)} ${plainLine(suite.name)}: ${casePath(testCase, style)}`
  const reason = `    in quarantine: ${plainLine(testCase.quarantined ?? '')}`
  return [title, style.warn(reason), ...firstLine(testCase.error, style)]
}

function firstLine(error: CaseError | undefined, style: Style): string[] {
  const line = plainLine((error?.message ?? '').split('\n', 1)[0] ?? '')
  return line === '' ? [] : [style.dim(`    ${line}`)]
}
