export interface Rate {
  /** Share, 0 to 1. */
  readonly value: number
  /** Between these two lies the true share, with 95 % confidence. */
  readonly low: number
  readonly high: number
}

/** 97.5 % quantile of the standard normal distribution. */
const Z = 1.959963984540054

/**
 * A share with its Wilson score interval, without continuity correction. Unlike the textbook interval it stays within
 * 0 and 1 and is honest about few trials: 1 of 1 is 21 % to 100 %.
 * E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927), 209–212;
 * recommended for small numbers by Brown, Cai and DasGupta, Statistical Science 16 (2001), 101–133.
 * @param trials at least 1
 */
export function wilson(events: number, trials: number): Rate {
  const value = events / trials
  const square = Z ** 2
  const centre = (events + square / 2) / (trials + square)
  const half = (Z / (trials + square)) * Math.sqrt((events * (trials - events)) / trials + square / 4)
  // What is exactly 0 or 1 comes out a rounding error off.
  return {
    value,
    low: events === 0 ? 0 : Math.max(0, centre - half),
    high: events === trials ? 1 : Math.min(1, centre + half),
  }
}
