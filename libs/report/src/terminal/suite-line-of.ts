import type { Outcome, SuiteRecord } from '@muster/model'
import { describeOutcome } from '@muster/model'
import { retryCount, shardCount } from '../facts/suite-facts.ts'
import type { SuiteProgress, UnitProgress } from '../progress/progress-state.ts'
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
  shards: shardCount(suite),
  retries: retryCount(suite),
})

export function progressLine(suite: SuiteProgress, outcome: Outcome): SuiteLine {
  const units = [...suite.units.values()]
  const last = units.flatMap(({ attempts }) => attempts.at(-1) ?? [])
  const durationMs = last.reduce((sum, attempt) => sum + attempt.durationMs, 0)
  return {
    name: suite.suite,
    status: outcome.status,
    ...(outcome.status !== 'passed' && { message: describeOutcome(outcome) }),
    counts: suiteCounts(suite),
    durationMs: suite.cached?.durationMs ?? durationMs,
    from: suite.cached?.origin ?? null,
    slow: last.some((attempt) => attempt.slow),
    shards: Math.max(1, units.length),
    retries: units.reduce((sum, unit) => sum + unitRetries(unit), 0),
  }
}

const unitRetries = ({ attempts }: UnitProgress): number =>
  Math.max(0, attempts.filter((attempt) => !attempt.superseded).length - 1)
