import { ALPHA } from '../defaults.ts'
import { upperTail } from '../distribution/student.ts'
import { varianceInflation } from '../samples/autocorrelation.ts'
import { median } from '../samples/sorted.ts'
import { thin } from '../samples/thin.ts'
import { usableSamples } from '../samples/usable-samples.ts'
import { kendall } from './kendall.ts'

export interface Creep {
  /** Relative change from one point to the next: 0.004 is 0.4 % more. */
  readonly perPoint: number
  /** Of no trend, two-sided. */
  readonly p: number
}

/** Fewer points of a part say nothing of its trend. */
const SHORTEST = 5
/** Points that are looked at: pairs of them are counted. */
const MOST = 1000

/**
 * Whether a series rises or falls slowly between its changes, which change points can only show as a staircase: H. B. Mann,
 * Econometrica 13 (1945), 245–259, for each part between changes, sums and variances added up (R. M. Hirsch et al., Water
 * Resources Research 18 (1982), 107–121); the variance is inflated by how much neighbours depend on each other once the trend is
 * taken out (K. H. Hamed and A. R. Rao, Journal of Hydrology 204 (1998), 182–196). The slope is the median of the
 * slopes of all pairs within a part (Theil and Sen), on logarithms. Too small where many changes were found: each
 * has taken a part of the rise.
 * @param series above zero, oldest first; other points are left out
 * @param changes indices of the first points after a change, ascending
 * @returns undefined where the trend may be chance
 */
export function creepOf(
  series: readonly number[],
  changes: readonly number[],
  alpha = ALPHA,
): Creep | undefined {
  const bounds = [0, ...changes, series.length]
  const parts = bounds
    .slice(1)
    .map((end, index) => logsOf(series.slice(bounds[index], end)))
    .filter(({ length }) => length >= SHORTEST)
  const tests = parts.map(kendall)
  const slopes = tests.flatMap((test) => test.slopes)
  if (slopes.length === 0) return undefined
  const slope = median(slopes)
  const score = tests.reduce((sum, test) => sum + test.score, 0)
  const rest = parts.flatMap((part) => part.map((value, index) => value - slope * index - median(part)))
  const variance = tests.reduce((sum, test) => sum + test.variance, 0) * varianceInflation(rest)
  if (variance === 0 || slope === 0) return undefined
  const p = 2 * upperTail(Math.abs(score) / Math.sqrt(variance))
  return p < alpha ? { perPoint: Math.expm1(slope), p } : undefined
}

const logsOf = (part: readonly number[]): readonly number[] =>
  thin(usableSamples(part).values, MOST).map(Math.log)
