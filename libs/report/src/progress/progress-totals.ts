import type { Counts } from '@muster/model'
import { addCounts, NO_COUNTS } from '@muster/model'
import type { AttemptProgress, ProgressState, SuiteProgress } from './progress-state.ts'

/** The suite's counts so far: of its last attempt, or as its cache entry says. */
export const suiteCounts = (suite: SuiteProgress): Counts =>
  suite.cached?.counts ?? suite.attempts.at(-1)?.counts ?? NO_COUNTS

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
  /** Planned, but something else must pass first. */
  readonly waiting: number
}

export function progressTotals(state: ProgressState): ProgressTotals {
  let counts = NO_COUNTS
  const suites = { done: 0, good: 0, bad: 0, cached: 0, skippedSuites: 0, running: 0, queued: 0, waiting: 0 }
  for (const suite of state.suites.values()) {
    counts = addCounts(counts, suiteCounts(suite))
    if (suite.outcome) {
      suites.done++
      if (suite.cached) suites.cached++
      else if (suite.outcome.status === 'passed') suites.good++
      else if (suite.outcome.status === 'skipped') suites.skippedSuites++
      else suites.bad++
    } else if (suite.attempts.some((attempt) => !attempt.finished)) suites.running++
    else if (suite.queued) suites.queued++
    else suites.waiting++
  }
  return { ...counts, ...suites, suites: state.suites.size }
}

/** What each busy worker does, by worker number. */
export function runningAttempts(state: ProgressState): AttemptProgress[] {
  const running = [...state.suites.values()].flatMap((suite) =>
    suite.outcome ? [] : suite.attempts.filter((attempt) => !attempt.finished),
  )
  return running.sort((a, b) => a.worker - b.worker || a.startedAt - b.startedAt)
}
