import { reachOf, upperTail } from '../distribution/student.ts'
import { freedomOf, type NoiseFloor } from '../noise/noise-floor.ts'
import { hodgesLehmann, type Shift } from '../ranks/hodges-lehmann.ts'
import { mannWhitney } from '../ranks/mann-whitney.ts'
import { varianceInflation } from '../samples/autocorrelation.ts'
import type { RatioInterval } from './comparison.ts'
import { canBeSignificant } from './enough-samples.ts'

export interface RatioEstimate {
  readonly ratio: number
  readonly interval: RatioInterval
  readonly p: number
  readonly delta: number
}

/**
 * By what factor `current` differs from `base`: a shift of the logarithms, as what slows code down mostly does so by a
 * factor. The uncertainty within the two runs (ranks, with dependence) and that between runs (the noise floor, once for
 * either side) add up as variances. Of samples too few for the rank test the noise floor alone decides.
 * @param base positive and not empty
 * @param current positive and not empty
 */
export function estimateRatio(
  base: readonly number[],
  current: readonly number[],
  alpha: number,
  floor: NoiseFloor | undefined,
): RatioEstimate {
  const test = mannWhitney(base, current, {
    base: varianceInflation(base),
    current: varianceInflation(current),
  })
  const shift = hodgesLehmann(base.map(Math.log), current.map(Math.log), alpha, test)
  const few = !canBeSignificant(base.length, current.length, alpha)
  const { low, high, p } = withFloor(shift, few ? 0 : test.p, alpha, floor)
  return {
    ratio: Math.exp(shift.estimate),
    interval: { low: Math.exp(low), high: Math.exp(high), confidence: 1 - alpha },
    p,
    delta: (2 * test.u) / (base.length * current.length) - 1,
  }
}

function withFloor(
  { estimate, low, high }: Shift,
  p: number,
  alpha: number,
  floor: NoiseFloor | undefined,
): { low: number; high: number; p: number } {
  if (!floor || floor.deviation === 0) return { low, high, p }
  const freedom = freedomOf(floor)
  const between = Math.SQRT2 * floor.deviation
  const reach = between * reachOf(1 - alpha, freedom)
  const within = (high - low) / 2 / reachOf(1 - alpha)
  const beyondFloor = 2 * upperTail(Math.abs(estimate) / Math.hypot(within, between), freedom)
  return {
    low: estimate - Math.hypot(estimate - low, reach),
    high: estimate + Math.hypot(high - estimate, reach),
    p: Math.max(p, beyondFloor),
  }
}
