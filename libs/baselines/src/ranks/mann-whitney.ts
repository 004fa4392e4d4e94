import { upperTail } from '../distribution/student.ts'
import { midranks } from './midranks.ts'
import { rankSumCounts } from './rank-sum-distribution.ts'

export interface RankTest {
  /** Pairs in which the current sample is the greater one; equal ones count half. */
  readonly u: number
  /** Two-sided. */
  readonly p: number
  /** Standard deviation of u if nothing changed, with ties and dependence. */
  readonly deviation: number
  /** Degrees of freedom of that deviation: infinite unless dependence had to be estimated. */
  readonly freedom: number
  readonly exact: boolean
}

/** The smaller side has fewer; then the normal approximation is no good at small p. */
const EXACT_BELOW = 10
/** Both sides together; the exact distribution costs the square of it. */
const EXACT_UP_TO = 200

/**
 * Mann–Whitney U test: do samples of one side tend to be greater? H. B. Mann and D. R. Whitney, Annals of Mathematical
 * Statistics 18 (1947), 50–60. Exact, with ties, when a side has fewer than 10 samples; else the normal approximation with
 * tie and continuity correction, or Student's where dependence was estimated from few samples. It compares whole distributions: it finds a wider one with the same middle, too.
 * @param inflation how much dependence between neighbours inflates the variance of each side, see `varianceInflation`
 */
export function mannWhitney(
  base: readonly number[],
  current: readonly number[],
  inflation = { base: 1, current: 1 },
): RankTest {
  const [n, m] = [base.length, current.length]
  const { ranks, tieTerm } = midranks([...base, ...current])
  let rankSum = 0
  for (let index = n; index < n + m; index++) rankSum += ranks[index] ?? 0
  const u = rankSum - (m * (m + 1)) / 2
  const total = n + m
  const independent = ((n * m) / 12) * (total + 1 - tieTerm / (total * (total - 1)))
  // Asymptotically u is a mean of ranks of either side, and each side's variance grows by its own factor.
  const dependence = (m * inflation.base + n * inflation.current) / total
  const deviation = Math.sqrt(independent * dependence)
  const freedom = dependence > 1 ? Math.max(1, n / inflation.base + m / inflation.current - 2) : Infinity
  const figures = { u, deviation, freedom }
  if (deviation === 0) return { ...figures, p: 1, exact: true }
  if (isExact(n, m)) return { ...figures, p: exactP(ranks, n, m), exact: true }
  const distance = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5)
  return { ...figures, p: Math.min(1, 2 * upperTail(distance / deviation, freedom)), exact: false }
}

export const isExact = (n: number, m: number): boolean => Math.min(n, m) < EXACT_BELOW && n + m <= EXACT_UP_TO

function exactP(ranks: Float64Array, n: number, m: number): number {
  const fewer = n <= m ? ranks.subarray(0, n) : ranks.subarray(n)
  const doubled = Array.from(ranks, (rank) => Math.round(rank * 2))
  const counts = rankSumCounts(doubled, fewer.length)
  const observed = fewer.reduce((sum, rank) => sum + Math.round(rank * 2), 0)
  let [all, below, above] = [0, 0, 0]
  for (const [sum, count] of counts.entries()) {
    all += count
    if (sum <= observed) below += count
    if (sum >= observed) above += count
  }
  return Math.min(1, (2 * Math.min(below, above)) / all)
}
