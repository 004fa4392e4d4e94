import { descending } from './ranking.ts'

/** How much a likelihood and a duration count: their exponents. */
interface Weighing {
  readonly likelihood: number
  readonly duration: number
}

/**
 * Where the past says little about failures, differences between likelihoods are noise, and those between durations are
 * not: then the root does better, or the cheapest first. Where durations are noise, time is left out.
 */
const WEIGHINGS: readonly Weighing[] = [
  { likelihood: 1, duration: 1 },
  { likelihood: 0.5, duration: 1 },
  { likelihood: 0, duration: 1 },
  { likelihood: 1, duration: 0 },
]
const START = [0.1, 0, 0, 0]
const FADE = 0.98
/** Share of the mean duration: what takes less takes that, for nothing is free to start. */
const LEAST_SHARE = 0.01

/** A test as it was expected, and how it ended. */
export interface Timed {
  readonly likelihood: number
  readonly expectedMs: number
  readonly actualMs: number
  readonly failed: boolean
}

/** How well each weighing would have ordered past cycles. */
export const newTrust = (): number[] => [...START]

/**
 * @param forecast likelihood before the run, > 0
 * @param now likelihood after what has been seen in the run; that is evidence and counts in full
 */
export type WorthPerTime = (forecast: number, durationMs: number, now?: number) => number

/** @param meanMs mean expected duration of the tests that are compared */
export function worthPerTime(trust: readonly number[], meanMs: number): WorthPerTime {
  return perTime(WEIGHINGS[trust.indexOf(Math.max(...trust))]!, meanMs)
}

/** After a cycle with a failure: replays it with each weighing, by the share of time left when a failure is found. */
export function learnTrust(trust: number[], tests: readonly Timed[]): void {
  const total = tests.reduce((sum, { actualMs }) => sum + actualMs, 0)
  const expected = tests.reduce((sum, { expectedMs }) => sum + expectedMs, 0)
  if (total === 0) return
  const failures = tests.filter(({ failed }) => failed).length
  WEIGHINGS.forEach((weighing, i) => {
    const worth = perTime(weighing, expected / tests.length)
    let left = total
    let found = 0
    for (const index of descending(tests.map((test) => worth(test.likelihood, test.expectedMs)))) {
      const { failed, actualMs } = tests[index]!
      if (failed) found += left - actualMs / 2
      left -= actualMs
    }
    trust[i] = FADE * trust[i]! + found / (failures * total)
  })
}

function perTime({ likelihood, duration }: Weighing, meanMs: number): WorthPerTime {
  const least = meanMs > 0 ? LEAST_SHARE * meanMs : 1
  return (forecast, durationMs, now = forecast) =>
    (forecast ** likelihood * (now / forecast)) / Math.max(least, durationMs) ** duration
}
