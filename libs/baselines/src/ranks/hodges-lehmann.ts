import { reachOf } from '../distribution/student.ts'
import { isExact, type RankTest } from './mann-whitney.ts'
import { rankSumCounts } from './rank-sum-distribution.ts'
import { sorted } from '../samples/sorted.ts'

export interface Shift {
  /** Median of all differences between a current and a base sample. */
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/**
 * Hodges–Lehmann estimate of how far `current` is shifted, and the interval of shifts that the Mann–Whitney test would
 * not reject. J. L. Hodges and E. L. Lehmann, Annals of Mathematical Statistics 34 (1963), 598–611. Unlike a difference of
 * medians it doesn't jump when samples come from two modes. It assumes that the distribution is shifted as a whole.
 * @param test of the same samples, or of any increasing function of them
 */
export function hodgesLehmann(
  base: readonly number[],
  current: readonly number[],
  alpha: number,
  { deviation, freedom }: RankTest,
): Shift {
  const [x, y] = [sorted(base), sorted(current)]
  const pairs = x.length * y.length
  const middle = (pairs + 1) / 2
  const estimate = (nthDifference(x, y, Math.floor(middle)) + nthDifference(x, y, Math.ceil(middle))) / 2
  const rank = isExact(x.length, y.length)
    ? exactRank(x.length, y.length, alpha)
    : Math.floor(pairs / 2 - reachOf(1 - alpha, freedom) * deviation)
  const outer = Math.min(Math.max(1, rank), Math.floor(middle))
  return {
    estimate,
    low: nthDifference(x, y, outer),
    high: nthDifference(x, y, pairs + 1 - outer),
  }
}

/** The greatest k with P(U ≤ k − 1) ≤ alpha / 2, without ties. */
function exactRank(n: number, m: number, alpha: number): number {
  const fewer = Math.min(n, m)
  const doubled = Array.from({ length: n + m }, (_, index) => 2 * (index + 1))
  const counts = rankSumCounts(doubled, fewer)
  const all = counts.reduce((sum, count) => sum + count, 0)
  const least = fewer * (fewer + 1)
  let [rank, below] = [0, 0]
  for (let sum = least; sum < counts.length; sum += 2) {
    below += counts[sum] ?? 0
    if (below / all > alpha / 2) break
    rank++
  }
  return rank
}

/** Halvings of the range; what is then left of it is below the precision of its ends. */
const HALVINGS = 64

/**
 * The n-th smallest (from 1) of all y − x, without making all of them: halves the range of values, counting in
 * O(|x| + |y|), and takes the difference that is left.
 */
function nthDifference(x: Float64Array, y: Float64Array, n: number): number {
  let low = (y[0] ?? 0) - (x.at(-1) ?? 0)
  let high = (y.at(-1) ?? 0) - (x[0] ?? 0)
  if (split(x, y, low).upTo >= n) return low
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) break
    if (split(x, y, middle).upTo >= n) high = middle
    else low = middle
  }
  return split(x, y, low).next
}

/** How many y − x are at most `limit`, and the smallest above it. */
function split(x: Float64Array, y: Float64Array, limit: number): { upTo: number; next: number } {
  let [upTo, start, next] = [0, 0, Number.POSITIVE_INFINITY]
  for (const each of y) {
    while (start < x.length && each - (x[start] ?? 0) > limit) start++
    upTo += x.length - start
    if (start > 0) next = Math.min(next, each - (x[start - 1] ?? 0))
  }
  return { upTo, next }
}
