import {
  attemptId,
  countCases,
  casesOfUnit,
  failedBefore,
  type Outcome,
  type RunEventBody,
  type UnitId,
} from '@muster/model'
import type { SuiteRun } from './suite-run.ts'
import type { UnitExecution } from './unit-execution.ts'

type RetryEvent = Pick<Extract<RunEventBody, { kind: 'retry-scheduled' }>, 'attempt' | 'delayMs' | 'reason'>

export type Next =
  | { readonly type: 'retry'; readonly event: RetryEvent }
  | { readonly type: 'end'; readonly outcome: Outcome }

const LONGEST_DELAY_MS = 60_000

/** Trouble of the tests' own may pass when tried again; a runner that isn't installed won't appear. */
const WORTH_RETRYING: ReadonlySet<Outcome['status']> = new Set(['failed', 'crashed', 'timed-out'])

/** Whether the unit is tried again after `outcome`, or what it has come to, by the suite's policies. */
export function nextAttempt(
  { suite, executions }: SuiteRun,
  unit: UnitId,
  outcome: Outcome,
  retries: number = suite.retries.count,
): Next {
  const execution = executions.get(unit)!
  const tried = executionsOf(execution)
  if (WORTH_RETRYING.has(outcome.status) && tried <= retries) {
    const delayMs = Math.min(LONGEST_DELAY_MS, suite.retries.delayMs * 2 ** (tried - 1))
    const attempt = attemptId(unit, execution.attempts.length)
    return { type: 'retry', event: { attempt, delayMs, reason: `${tried} of ${retries}` } }
  }
  if (outcome.status !== 'passed' || suite.flaky.verdict === 'pass') return { type: 'end', outcome }
  return { type: 'end', outcome: flakyOutcome(execution) ?? outcome }
}

/** A thread and the process that decides after it are one execution. */
const executionsOf = ({ attempts }: UnitExecution): number =>
  attempts.filter(
    ({ isolation }, index) => !(isolation === 'process' && attempts[index - 1]?.isolation === 'thread'),
  ).length

function flakyOutcome({ attempts }: UnitExecution): Outcome | undefined {
  const { flaky } = countCases(casesOfUnit(attempts))
  const unstable = failedBefore(attempts, ({ end }) => end.outcome.status === 'passed')
  if (flaky === 0 && !unstable) return undefined
  const note = 'it passed only after a failure, and the suite\'s "flaky.verdict" is "fail"'
  return { status: 'failed', failures: Math.max(1, flaky), note }
}
