import type { DurationSample } from './duration-sample.ts'

/** Executions after which a sample counts half. */
const HALF_LIFE_RUNS = 4
/** A month in which nothing ran says that much less about today. */
const HALF_LIFE_MS = 30 * 24 * 3600_000

/** Newer counts more, by rank and by age; in the order of the samples, newest last. @param now ms since the epoch */
export function sampleWeights(samples: readonly DurationSample[], now: number): number[] {
  return samples.map(({ at }, index) => {
    const rank = samples.length - 1 - index
    const age = at === undefined ? 0 : Math.max(0, now - at)
    // Never 0: what is old beyond measure is still better than nothing.
    return Math.max(1e-9, 0.5 ** (rank / HALF_LIFE_RUNS + age / HALF_LIFE_MS))
  })
}
