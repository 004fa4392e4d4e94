import type { Counts, UnitId } from '@muster/model'
import { addCounts, NO_COUNTS } from '@muster/model'
import { unitCounts, type AttemptProgress } from './attempt-progress.ts'
import { suiteOutcome, type ProgressState, type SuiteProgress, type UnitProgress } from './progress-state.ts'

/** The suite's counts so far: of the last attempts of its units, or as its cache entry says. */
export function suiteCounts(suite: SuiteProgress): Counts {
  if (suite.cached) return suite.cached.counts
  let counts = NO_COUNTS
  for (const unit of suite.units.values()) counts = addCounts(counts, unitCounts(unit))
  return counts
}

export interface ProgressTotals extends Counts {
  readonly suites: number
  readonly done: number
  readonly good: number
  readonly bad: number
  readonly cached: number
  readonly skippedSuites: number
  readonly running: number
  /** Handed to the workers' queue, not started. */
  readonly queued: number
  /** Nothing of it runs, but a unit of it will be tried again. */
  readonly retrying: number
  /** Planned, but something else must pass first. */
  readonly waiting: number
}

export function progressTotals(state: ProgressState): ProgressTotals {
  let counts = NO_COUNTS
  const suites = {
    done: 0,
    good: 0,
    bad: 0,
    cached: 0,
    skippedSuites: 0,
    running: 0,
    queued: 0,
    retrying: 0,
    waiting: 0,
  }
  for (const suite of state.suites.values()) {
    counts = addCounts(counts, suiteCounts(suite))
    suites[stateOf(suite)]++
    if (suiteOutcome(suite)) suites.done++
  }
  return { ...counts, ...suites, suites: state.suites.size }
}

type SuiteState = 'good' | 'bad' | 'cached' | 'skippedSuites' | 'running' | 'queued' | 'retrying' | 'waiting'

function stateOf(suite: SuiteProgress): SuiteState {
  const outcome = suiteOutcome(suite)
  if (outcome) {
    if (suite.cached) return 'cached'
    if (outcome.status === 'passed') return 'good'
    return outcome.status === 'skipped' ? 'skippedSuites' : 'bad'
  }
  const units = [...suite.units.values()]
  if (units.some((unit) => runningAttempt(unit))) return 'running'
  if (units.some(({ retry }) => retry)) return 'retrying'
  return units.length > 0 ? 'queued' : 'waiting'
}

/** Of a unit without a verdict; at most one of its attempts runs at a time. */
export const runningAttempt = (unit: UnitProgress): AttemptProgress | undefined =>
  unit.outcome ? undefined : unit.attempts.findLast((attempt) => !attempt.finished)

/** What each busy worker does, by worker number. */
export function runningAttempts(state: ProgressState): AttemptProgress[] {
  const running = openUnits(state).flatMap((unit) => runningAttempt(unit) ?? [])
  return running.sort((a, b) => a.worker - b.worker || a.startedAt - b.startedAt)
}

/** Units that wait for their next attempt, the next to start first. */
export const waitingRetries = (state: ProgressState): WaitingRetry[] =>
  openUnits(state)
    .flatMap(({ unit, retry }) => (retry ? [{ unit, ...retry }] : []))
    .sort((a, b) => a.at - b.at)

export interface WaitingRetry {
  readonly unit: UnitId
  /** Milliseconds since the epoch. */
  readonly at: number
  /** "1 of 2". */
  readonly reason: string
}

const openUnits = (state: ProgressState): UnitProgress[] =>
  [...state.suites.values()].flatMap((suite) => (suite.answer ? [] : Array.from(suite.units.values())))

/**
 * Share of the workers' time since the first start in which they ran something, 0 to 1.
 * @returns undefined before the first start
 */
export function utilisationSoFar(state: ProgressState, now: number): number | undefined {
  let busy = 0
  let from = Number.POSITIVE_INFINITY
  for (const { startedAt, durationMs, finished } of state.attempts.values()) {
    from = Math.min(from, startedAt)
    busy += finished ? durationMs : Math.max(0, now - startedAt)
  }
  const span = (now - from) * state.workers
  return span > 0 ? Math.min(1, busy / span) : undefined
}
