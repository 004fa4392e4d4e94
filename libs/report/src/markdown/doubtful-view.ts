import type { CaseError, RunRecord, SuiteRecord, TestCase } from '@muster/model'
import { caseName } from '@muster/model'
import { flakyFindings } from '../facts/flaky-findings.ts'
import type { RunFacts } from '../facts/run-facts.ts'
import { quarantinedCases } from '../facts/suite-facts.ts'
import { clipEnd } from '../text/clip.ts'
import { plainLine } from '../text/plain-text.ts'

const MAX_LINE = 500
const MAX_NAMES = 20

/** Flaky tests and failures in quarantine: nobody turns red for them, and nobody may miss them. */
export function doubtfulView(record: RunRecord, limit: number) {
  const flaky = flakyFindings(record)
  const quarantined = record.suites.flatMap((suite) =>
    quarantinedCases(suite).map((each) => ({ suite, each })),
  )
  return {
    hasFlaky: flaky.length > 0,
    flaky: flaky.slice(0, limit).map(({ suite, testCase, attempt, error }) => ({
      name: nameOf(suite, testCase),
      attempt,
      error: errorLine(error),
    })),
    omittedFlaky: Math.max(0, flaky.length - limit),
    hasQuarantined: quarantined.length > 0,
    quarantined: quarantined.slice(0, limit).map(({ suite, each }) => ({
      name: nameOf(suite, each),
      reason: line(each.quarantined ?? ''),
      error: errorLine(each.error),
    })),
    omittedQuarantined: Math.max(0, quarantined.length - limit),
  }
}

/** What was skipped, stopped or had no machine, by reason. */
export function leftOutView({ leftOut }: RunFacts, limit: number) {
  return {
    hasLeftOut: leftOut.length > 0,
    leftOut: leftOut.slice(0, limit).map(({ kind, reason, suites }) => ({
      what: { skipped: 'left out', aborted: 'not finished', 'no-device': 'no device' }[kind],
      reason: line(reason),
      suites: suites
        .slice(0, MAX_NAMES)
        .map((suite) => plainLine(suite.name))
        .join(', '),
      more: Math.max(0, suites.length - MAX_NAMES),
    })),
  }
}

const nameOf = (suite: SuiteRecord, testCase: TestCase | undefined): string =>
  line(testCase ? `${suite.name}: ${caseName(testCase)}` : suite.name)

const errorLine = (error: CaseError | undefined): string =>
  line((error?.message ?? '').split('\n', 1)[0] ?? '')

const line = (text: string): string => clipEnd(plainLine(text), MAX_LINE)
