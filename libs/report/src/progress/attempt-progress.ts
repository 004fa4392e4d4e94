import type {
  ActualIsolation,
  AttemptId,
  Counts,
  Outcome,
  RunEvent,
  SuiteId,
  TestCase,
  UnitId,
} from '@muster/model'
import { addCounts, caseName, countCases, isFlakyCase, isQuarantinedFailure, NO_COUNTS } from '@muster/model'
import type { UnitProgress } from './progress-state.ts'

export interface AttemptProgress {
  readonly attempt: AttemptId
  readonly unit: UnitId
  readonly suite: SuiteId
  /** 1-based. */
  readonly ordinal: number
  readonly worker: number
  readonly isolation: ActualIsolation
  readonly startedAt: number
  readonly estimateMs: number
  readonly reproduce: string
  counts: Counts
  durationMs: number
  slow: boolean
  superseded: boolean
  finished: boolean
  outcome?: Outcome
  /** Those that count; kept until the suite's verdict is known, for the lines printed below it. */
  readonly failures: TestCase[]
  readonly failedKeys: Set<string>
  /** What passed at once, of a second or later attempt only: in a first one nothing can have failed before. */
  readonly passedKeys: string[]
}

export function startAttempt(
  attempts: Map<AttemptId, AttemptProgress>,
  unit: UnitProgress,
  event: Extract<RunEvent, { kind: 'attempt-started' }>,
): void {
  delete unit.retry
  const attempt: AttemptProgress = {
    attempt: event.attempt,
    unit: event.unit,
    suite: event.suite,
    ordinal: unit.attempts.length + 1,
    worker: event.worker,
    isolation: event.isolation,
    startedAt: event.at,
    estimateMs: unit.estimateMs,
    reproduce: event.reproduce,
    counts: NO_COUNTS,
    durationMs: 0,
    slow: false,
    superseded: false,
    finished: false,
    failures: [],
    failedKeys: new Set(),
    passedKeys: [],
  }
  attempts.set(event.attempt, attempt)
  unit.attempts.push(attempt)
}

export function finishCase(attempt: AttemptProgress | undefined, testCase: TestCase): void {
  if (!attempt) return
  attempt.counts = addCounts(attempt.counts, countCases([testCase]))
  if (testCase.status === 'failed') {
    attempt.failedKeys.add(keyOf(testCase))
    if (!isQuarantinedFailure(testCase)) attempt.failures.push(testCase)
  } else if (attempt.ordinal > 1 && testCase.status === 'passed' && testCase.notRerun !== true) {
    if (!isFlakyCase(testCase)) attempt.passedKeys.push(keyOf(testCase))
  }
}

/** As the record counts them: the cases of the last attempt; those that failed in an earlier one are flaky now. */
export function unitCounts({ attempts }: Pick<UnitProgress, 'attempts'>): Counts {
  const last = attempts.at(-1)
  if (!last) return NO_COUNTS
  const earlier = attempts.slice(0, -1).filter(({ superseded }) => !superseded)
  if (earlier.length === 0) return last.counts
  const again = last.passedKeys.filter((key) => earlier.some(({ failedKeys }) => failedKeys.has(key)))
  return { ...last.counts, flaky: last.counts.flaky + again.length }
}

const keyOf = (testCase: TestCase): string => `${testCase.file ?? ''}\0${caseName(testCase)}`
