import type { Random } from '../scheduling/random.ts'

/** One run's samples in the order they are measured; typical value 1, `spread` its relative deviation. */
export type Noise = (random: Random, count: number, spread: number) => number[]

const fill = (count: number, next: (index: number) => number): number[] =>
  Array.from({ length: count }, (_, index) => Math.max(1e-6, next(index)))

/** Times that a shared machine takes now and then: one in ten is late by a power law without a variance. */
const heavyTail: Noise = (random, count, spread) =>
  fill(count, () => {
    const late = random.next() < 0.1 ? spread / Math.max(0.01, 1 - random.next()) : 0
    return 1 + spread * 0.5 * random.normal() + late
  })

/** Each sample is slow or fast by the spread, as when a page fault or a branch predictor decides. */
const bimodal: Noise = (random, count, spread) =>
  fill(count, () => 1 + spread * (random.next() < 0.5 ? -1 : 1) + (spread / 4) * random.normal())

/** A clock frequency that rises or falls over the run. */
const drift: Noise = (random, count, spread) => {
  const slope = spread * random.normal()
  return fill(count, (index) => 1 + slope * ((2 * index) / count - 1) + (spread / 2) * random.normal())
}

const autocorrelated =
  (rho: number): Noise =>
  (random, count, spread) => {
    let wave = random.normal()
    return fill(count, () => {
      wave = rho * wave + Math.sqrt(1 - rho ** 2) * random.normal()
      return 1 + spread * wave
    })
  }

/** Runs that differ from each other as a whole, by 2 %, and little in themselves. */
const betweenRuns: Noise = (random, count, spread) => {
  const level = 1 + 0.02 * random.normal()
  return fill(count, () => level * (1 + (spread / 2) * random.normal()))
}

/** The same noise in five fresh processes, one after the other: what differs between processes shows within the run. */
const inRounds: Noise = (random, count, spread) =>
  Array.from({ length: 5 }, () => betweenRuns(random, Math.ceil(count / 5), spread))
    .flat()
    .slice(0, count)

export const NOISE_KINDS: Readonly<Record<string, Noise>> = {
  normal: (random, count, spread) => fill(count, () => 1 + spread * random.normal()),
  lognormal: (random, count, spread) => fill(count, () => Math.exp(spread * random.normal())),
  bimodal,
  'heavy tail': heavyTail,
  drift,
  'autocorrelated 0.3': autocorrelated(0.3),
  'autocorrelated 0.6': autocorrelated(0.6),
  'autocorrelated 0.8': autocorrelated(0.8),
  'rounds differ by 2 %': inRounds,
  'runs differ by 2 %': betweenRuns,
}
