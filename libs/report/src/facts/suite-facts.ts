import type { Status, SuiteRecord, TestCase } from '@muster/model'

const TROUBLE: Readonly<Record<Status, boolean>> = {
  passed: false,
  skipped: false,
  // Stopped by us: says nothing about the tests.
  aborted: false,
  failed: true,
  'no-tests': true,
  'timed-out': true,
  crashed: true,
  'environment-error': true,
}

export const failedCases = (suite: SuiteRecord): readonly TestCase[] =>
  suite.cases.filter((each) => each.status === 'failed')

/** Needs somebody's attention. An aborted suite does only for the cases that failed before. */
export const isTroubled = (suite: SuiteRecord): boolean =>
  TROUBLE[suite.status] || (suite.status === 'aborted' && suite.failed > 0)

/** Executions whose verdict counted: a thread's fall back to a process is not a second try. */
export const countedAttempts = (suite: SuiteRecord): number =>
  suite.attempts.filter((attempt) => attempt.superseded === undefined).length
