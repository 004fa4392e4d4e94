import type { ProgressState } from './progress-state.ts'

export interface TimeLeft {
  readonly ms: number
  /** False when some suite's duration is unknown: then it is at least `ms`. */
  readonly certain: boolean
}

/**
 * Lower bound on what is left: the work spread evenly over the workers, or the longest single suite.
 * @param expectedMs each suite's usual duration, from history
 * @returns undefined when nothing left has a known duration
 */
export function timeLeft(
  state: ProgressState,
  expectedMs: ReadonlyMap<string, number>,
  now: number,
): TimeLeft | undefined {
  let work = 0
  let longest = 0
  let known = 0
  let unknown = 0
  for (const suite of state.suites.values()) {
    if (suite.outcome) continue
    const expected = expectedMs.get(suite.suite)
    if (expected === undefined) {
      unknown++
      continue
    }
    known++
    const running = suite.attempts.findLast((attempt) => !attempt.finished)
    const left = Math.max(0, expected - (running ? now - running.startedAt : 0))
    work += left
    longest = Math.max(longest, left)
  }
  if (known === 0) return undefined
  return { ms: Math.max(longest, work / Math.max(1, state.workers)), certain: unknown === 0 }
}
