import type { CaseError, RunRecord, SuiteRecord, TestCase } from '@muster/model'
import { flakyCases } from './suite-facts.ts'

/** Something that passed only after it had failed. */
export interface FlakyFinding {
  readonly suite: SuiteRecord
  /** Absent when an attempt went wrong without a failing test: a crash, a time limit. */
  readonly testCase?: TestCase
  /** The execution that passed, 1-based. */
  readonly attempt: number
  /** What went wrong first, when somebody said so. */
  readonly error?: CaseError
}

export const flakyFindings = (record: RunRecord): FlakyFinding[] => record.suites.flatMap(suiteFlakyFindings)

export function suiteFlakyFindings(suite: SuiteRecord): FlakyFinding[] {
  const cases = flakyCases(suite).map((testCase) => caseFinding(suite, testCase))
  if (cases.length > 0 || !suite.unstable) return cases
  const bad = suite.attempts.find(({ status, superseded }) => superseded === undefined && status !== 'passed')
  if (!bad) return []
  const last = suite.attempts.findLast(({ unit }) => unit === bad.unit) ?? bad
  const error = { message: `${bad.unit}, attempt ${bad.ordinal}: ${bad.status.replace('-', ' ')}` }
  return [{ suite, attempt: last.ordinal, error }]
}

function caseFinding(suite: SuiteRecord, testCase: TestCase): FlakyFinding {
  const error = testCase.earlierErrors?.[0]
  return { suite, testCase, attempt: testCase.attempts ?? 1, ...(error && { error }) }
}
