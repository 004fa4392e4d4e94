import { MOST_LOOKED_AT, TIGHT } from '../defaults.ts'
import { varianceInflation } from './autocorrelation.ts'
import { medianInterval } from './median-interval.ts'
import { medianOf, sorted } from './sorted.ts'
import { thin } from './thin.ts'
import { usableSamples } from './usable-samples.ts'

/** Fewer have no interval of 95 %. */
export const FEWEST_FOR_INTERVAL = 6

/**
 * Whether the 95 % interval of the median reaches no further than `target` to either side of it, relative to it: 0.02 is
 * ±2 %. The interval is widened by the dependence between neighbours. Who asks after every sample and stops at the first
 * yes stops a little early, on samples that happen to agree: ask in steps of some ten samples, or a round.
 * @param values in the order they were measured
 */
export function isTight(values: readonly number[], target = TIGHT): boolean {
  const usable = thin(usableSamples(values).values, MOST_LOOKED_AT)
  if (usable.length < FEWEST_FOR_INTERVAL) return false
  const ascending = sorted(usable)
  const middle = medianOf(ascending)
  const { low, high } = medianInterval(ascending, varianceInflation(usable))
  return Math.max(high - middle, middle - low) <= target * middle
}
