import type { Outcome, SuiteRecord } from '@muster/model'
import { describeOutcome } from '@muster/model'
import { countedAttempts } from '../facts/suite-facts.ts'
import type { SuiteProgress } from '../progress/progress-state.ts'
import { suiteCounts } from '../progress/progress-totals.ts'
import type { SuiteLine } from './suite-line.ts'

export const recordLine = (suite: SuiteRecord): SuiteLine => ({
  name: suite.name,
  status: suite.status,
  ...(suite.message !== undefined && { message: suite.message }),
  counts: suite,
  durationMs: suite.durationMs,
  from: suite.from,
  slow: suite.slow,
  attempts: countedAttempts(suite),
})

export const progressLine = (suite: SuiteProgress, outcome: Outcome): SuiteLine => {
  const last = suite.attempts.at(-1)
  return {
    name: suite.suite,
    status: outcome.status,
    ...(outcome.status !== 'passed' && { message: describeOutcome(outcome) }),
    counts: suiteCounts(suite),
    durationMs: suite.cached?.durationMs ?? last?.durationMs ?? 0,
    from: suite.cached?.origin ?? null,
    slow: last?.slow ?? false,
    attempts: suite.attempts.filter((attempt) => !attempt.superseded).length,
  }
}
