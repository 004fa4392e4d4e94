import type { AttemptRecord, Status, SuiteRecord, TestCase } from '@muster/model'
import { isFlakyCase, isQuarantinedFailure } from '@muster/model'

const TROUBLE: Readonly<Record<Status, boolean>> = {
  passed: false,
  skipped: false,
  // Stopped by us: says nothing about the tests.
  aborted: false,
  // Nobody to run it: says nothing about the tests either.
  'no-device': false,
  failed: true,
  'no-tests': true,
  'timed-out': true,
  crashed: true,
  'environment-error': true,
}

/** Failures that count: those in quarantine are told apart from them everywhere. */
export const failedCases = (suite: SuiteRecord): readonly TestCase[] =>
  suite.cases.filter((each) => each.status === 'failed' && !isQuarantinedFailure(each))

/** How many of them there are; the counts know it of suites whose cases were not kept, too. */
export const failedCount = (counts: Pick<SuiteRecord, 'failed' | 'quarantined'>): number =>
  Math.max(0, counts.failed - counts.quarantined)

export const quarantinedCases = (suite: SuiteRecord): readonly TestCase[] =>
  suite.quarantined === 0 ? [] : suite.cases.filter(isQuarantinedFailure)

export const flakyCases = (suite: SuiteRecord): readonly TestCase[] =>
  suite.flaky === 0 ? [] : suite.cases.filter(isFlakyCase)

/** Needs somebody's attention. An aborted suite does only for the cases that failed before. */
export const isTroubled = (suite: SuiteRecord): boolean =>
  TROUBLE[suite.status] || (suite.status === 'aborted' && failedCount(suite) > 0)

/** Executions whose verdict counted: a thread's fall back to a process is not a second try. */
const countedAttempts = (suite: SuiteRecord): readonly AttemptRecord[] =>
  suite.attempts.filter((attempt) => attempt.superseded === undefined)

/** Executions beyond the first of each unit. */
export const retryCount = (suite: SuiteRecord): number => {
  const counted = countedAttempts(suite)
  return counted.length - new Set(counted.map(({ unit }) => unit)).size
}

/** 1 for a suite that was not split. */
export const shardCount = (suite: SuiteRecord): number => Math.max(1, suite.units.length)
