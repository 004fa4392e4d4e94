import type { Description } from '../samples/description.ts'
import type { NoiseFloor } from '../noise/noise-floor.ts'

/** Which direction of a metric is good: durations want to be `lower`, throughputs `higher`. */
export type Better = 'lower' | 'higher'

export interface CompareOptions {
  /**
   * The smallest change that matters, relative to the base: 0.15 is 15 %. A change is told when it is significant and
   * this much of it can't be ruled out; a smaller one is `unchanged`, however significant.
   */
  readonly effectThreshold?: number
  /** Chance of calling equal samples different, of both directions together, before the rerun confirms. */
  readonly alpha?: number
  /** How much runs of the same code differ from each other; widens the interval. Without it, they aren't expected to. */
  readonly noiseFloor?: NoiseFloor
}

export interface CompareInput extends CompareOptions {
  /** In the order they were measured, at best one value a round: order tells how much neighbours depend on each other. */
  readonly base: readonly number[]
  readonly current: readonly number[]
  readonly better: Better
}

export interface RatioInterval {
  readonly low: number
  readonly high: number
  /** 0.99 is 99 %: 1 − alpha. */
  readonly confidence: number
}

/** What was seen on both sides, and what it means. */
export interface MeasuredComparison {
  readonly verdict: 'regression' | 'improvement' | 'unchanged' | 'too-noisy'
  /** One sentence for people, with its figures. */
  readonly reason: string
  readonly better: Better
  /** Hodges–Lehmann: the factor by which a typical current sample differs from a typical sample of the base. */
  readonly ratio: number
  readonly interval: RatioInterval
  /** Of no difference, two-sided; not corrected for how many benchmarks there are, see `correct`. */
  readonly p: number
  /** Cliff's delta, −1 to 1: how much more often a current sample is the greater one than the smaller one. */
  readonly delta: number
  readonly base: Description
  readonly current: Description
  readonly effectThreshold: number
  readonly alpha: number
}

/** Samples that nothing can be said about. */
export interface NotComparable {
  readonly verdict: 'too-few-samples' | 'unusable'
  readonly reason: string
}

export type Comparison = MeasuredComparison | NotComparable
