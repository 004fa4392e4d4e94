export interface Interval {
  readonly low: number
  readonly high: number
}

/** Samples in a few figures, in the samples' unit. */
export interface Description {
  /** Usable samples: finite and above zero. */
  readonly count: number
  readonly mean: number
  readonly median: number
  /** Standard deviation with n − 1; 0 of a single sample. */
  readonly deviation: number
  /** Median absolute deviation from the median, as it is: times 1.4826 it estimates a normal deviation. */
  readonly mad: number
  readonly min: number
  readonly max: number
  /** Of the median, at least 95 % where the samples suffice (6 or more), else from the least to the greatest. */
  readonly interval: Interval
  /** Far from the median (modified z-score above 3.5, on a log scale). They are counted and kept. */
  readonly outliers: number
  /** Not usable, and in none of these figures: not finite, zero or below. */
  readonly setAside: number
}
