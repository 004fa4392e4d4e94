import type { MeasuredComparison } from './comparison.ts'
import { figures, percent } from './figures.ts'

/** What people read beside the verdict: one sentence with its figures. */
export function reasonOf(comparison: Omit<MeasuredComparison, 'reason'>): string {
  const { verdict, ratio, interval, effectThreshold, base, current } = comparison
  const threshold = percent(effectThreshold)
  const seen = figures(comparison)
  const within = ratio >= 1 / (1 + effectThreshold) && ratio <= 1 + effectThreshold
  switch (verdict) {
    case 'regression':
    case 'improvement':
      return within
        ? `${seen}: a change for sure, and ${threshold} can't be ruled out`
        : `${seen}: beyond the threshold of ${threshold}`
    case 'unchanged':
      return interval.low > 1 || interval.high < 1
        ? `${seen}: a change, but less than ${threshold}`
        : `${seen}: no change of ${threshold} or more`
    case 'too-noisy':
      return `${seen}: may be nothing, may be ${threshold} or more; ${base.count} and ${current.count} samples are too few for this much noise`
  }
}
