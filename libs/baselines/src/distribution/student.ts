import jstat from 'jstat'

/** P(T > t) of Student's distribution; the normal one at infinite freedom. */
export const upperTail = (t: number, freedom = Number.POSITIVE_INFINITY): number =>
  Number.isFinite(freedom) ? jstat.studentt.cdf(-t, freedom) : jstat.normal.cdf(-t, 0, 1)

/** The t that lies between −t and t with this confidence. */
export function reachOf(confidence: number, freedom = Number.POSITIVE_INFINITY): number {
  const p = (1 + confidence) / 2
  return Number.isFinite(freedom) ? jstat.studentt.inv(p, freedom) : jstat.normal.inv(p, 0, 1)
}
