import type { Comparison } from './comparison.ts'
import { change } from './figures.ts'

/**
 * A regression is told only if a rerun says so too: the same base, compared with samples that were measured afresh. The
 * answer carries the figures of the rerun, as those of the first comparison were picked for being large. What wasn't
 * called a regression needs no confirmation and is returned as it is.
 */
export function confirm(first: Comparison, rerun: Comparison): Comparison {
  if (first.verdict !== 'regression') return first
  const before = change(first.ratio)
  if (!('p' in rerun)) {
    return {
      ...first,
      verdict: 'too-noisy',
      reason: `not confirmed: it was ${before}, but the rerun can't be compared: ${rerun.reason}`,
    }
  }
  if (rerun.verdict === 'regression') {
    return { ...rerun, reason: `${rerun.reason}; confirmed by this rerun, it was ${before} before` }
  }
  const verdict = rerun.verdict === 'improvement' ? 'too-noisy' : rerun.verdict
  return { ...rerun, verdict, reason: `not confirmed: it was ${before}, in the rerun ${rerun.reason}` }
}
