import type { Better, MeasuredComparison } from './comparison.ts'
import type { RatioEstimate } from './estimate-ratio.ts'

/**
 * Where the interval of the change lies, on a log scale, the threshold being as far to either side of no change:
 *
 *         −threshold        0        +threshold
 *             │             │   ├───────┼──┤         changed: not 0, and so much can't be ruled out
 *             │             │ ├───┤     │            unchanged: not 0, but too little to matter
 *             │        ├────┼───┤       │            unchanged: neither
 *             │         ├───┼───────────┼──┤         too noisy: may be nothing, may be a change
 *
 * Asking "can it be ruled out" instead of "is the estimate above" makes a change of exactly the threshold be told
 * nearly always, instead of every second time.
 */
export function verdictOf(
  { ratio, interval, p }: RatioEstimate,
  { better, effectThreshold, alpha }: { better: Better; effectThreshold: number; alpha: number },
): MeasuredComparison['verdict'] {
  const most = 1 + effectThreshold
  const reaches = interval.high >= most || interval.low <= 1 / most
  const excludesNone = interval.low > 1 || interval.high < 1
  // Both, as the test and the interval come from different approximations and disagree by a hair.
  if (!excludesNone || p >= alpha) return reaches ? 'too-noisy' : 'unchanged'
  if (!reaches) return 'unchanged'
  return ratio > 1 === (better === 'lower') ? 'regression' : 'improvement'
}
