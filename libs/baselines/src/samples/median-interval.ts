import jstat from 'jstat'
import { reachOf } from '../distribution/student.ts'
import type { Interval } from './description.ts'

const ALPHA = 0.05
/** Below, the binomial's own steps count; above, its normal approximation is closer than one rank. */
const EXACT_UP_TO = 200

/**
 * Distribution-free interval of the median from order statistics: the number of samples below the true median is
 * binomial (n, ½). Conf. ≥ 95 % from 6 independent samples on; of fewer it is the whole range, which is less sure.
 * @param inflation of the variance by dependence between neighbours; 1 of independent samples
 */
export function medianInterval(ascending: ArrayLike<number>, inflation = 1): Interval {
  const count = ascending.length
  const centre = count / 2
  const outwards = Math.sqrt(inflation)
  const rank =
    count > EXACT_UP_TO ? Math.floor(centre - (reachOf(1 - ALPHA) * Math.sqrt(count)) / 2) : exactRank(count)
  const below = Math.max(0, Math.floor(centre - (centre - rank) * outwards))
  return { low: ascending[below] ?? Number.NaN, high: ascending[count - 1 - below] ?? Number.NaN }
}

/** The greatest r with P(fewer than r + 1 samples below the median) ≤ 2.5 %, counted from 0; 0 if even that is likelier. */
function exactRank(count: number): number {
  let rank = 0
  while (rank + 1 < count / 2 && jstat.binomial.cdf(rank + 1, count, 0.5) <= ALPHA / 2) rank++
  return rank
}
