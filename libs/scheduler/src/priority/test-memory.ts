import { count, emptyTally, type Tally } from './tally.ts'

/** All that is kept of one test: constant in size, however long its history is. */
export interface TestMemory {
  runs: number
  failures: number
  /** The last 16 verdicts as bits, 1 for failed, the newest lowest. */
  pattern: number
  /** Number of the cycle in which it ran last, and in which it failed last (-1: never). */
  seenIn: number
  failedIn: number
  /** Its own runs since its last failure, and between the last two failures; 0 when there weren't any. */
  sinceFailure: number
  interval: number
  /** Failures, each counting 0.8 of the next. */
  decayed: number
  /** Share of failures, fading with a half-life of 1, 3 and 14 runs. */
  readonly rates: number[]
  /** What followed a pass and a failure (2), and each two verdicts in a row (4). */
  readonly afterOne: readonly Tally[]
  readonly afterTwo: readonly Tally[]
  /** Smoothed, in ms. */
  durationMs: number
}

export const DECAY = 0.8
const RATE_DECAYS = [0.5, 0.8, 0.95] as const
/** A test's own tallies don't fade: its rates do. */
const UNLIMITED = Number.POSITIVE_INFINITY

/** @param baseRate share of failures of all tests, which a new test is taken to have */
export const newTestMemory = (baseRate: number, durationMs: number): TestMemory => ({
  runs: 0,
  failures: 0,
  pattern: 0,
  seenIn: -1,
  failedIn: -1,
  sinceFailure: 0,
  interval: 0,
  decayed: 0,
  rates: RATE_DECAYS.map(() => baseRate),
  afterOne: [emptyTally(), emptyTally()],
  afterTwo: [emptyTally(), emptyTally(), emptyTally(), emptyTally()],
  durationMs,
})

export function remember(
  test: TestMemory,
  cycle: number,
  failed: boolean,
  durationMs: number | undefined,
): void {
  const value = failed ? 1 : 0
  if (test.runs > 0) count(test.afterOne[test.pattern & 1]!, failed, UNLIMITED)
  if (test.runs > 1) count(test.afterTwo[test.pattern & 3]!, failed, UNLIMITED)
  RATE_DECAYS.forEach((decay, i) => {
    test.rates[i] = test.rates[i]! * decay + (1 - decay) * value
  })
  test.decayed = test.decayed * DECAY + value
  test.pattern = ((test.pattern << 1) | value) & 0xffff
  test.runs += 1
  test.seenIn = cycle
  if (durationMs !== undefined) test.durationMs = 0.7 * test.durationMs + 0.3 * durationMs
  if (test.failures > 0) test.sinceFailure += 1
  if (!failed) return
  test.interval = test.sinceFailure
  test.sinceFailure = 0
  test.failures += 1
  test.failedIn = cycle
}
