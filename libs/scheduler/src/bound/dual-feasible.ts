import { sample } from '../sample.ts'

/** So many functions of a kind are tried for a resource. */
const MOST = 12

/**
 * Weights for amounts of one resource: whatever fits together weighs at most 1 (dual feasible functions,
 * Fekete and Schepers 2001). The first is the plain share; the others see that two units that take 3 of 5 can't
 * run together, though their shares add up to much less than that.
 *
 * @param amounts that occur, each above 0 and at most `limit`
 */
export function weightings(
  amounts: Iterable<number>,
  limit: number,
): readonly ((amount: number) => number)[] {
  const distinct = [...new Set(amounts)].sort((a, b) => b - a)
  if (distinct.every((amount) => limit % amount === 0 && amount === distinct[0]))
    return [(amount) => amount / limit]
  const together = new Set(distinct.map((amount) => Math.floor(limit / amount)))
  const small = distinct.filter((amount) => 2 * amount <= limit)
  return [
    (amount) => amount / limit,
    ...sample([...together], MOST).map((count) => (amount: number) => {
      const parts = ((count + 1) * amount) / limit
      return Number.isInteger(parts) ? amount / limit : Math.floor(parts) / count
    }),
    ...sample(small, MOST).map((least) => (amount: number) => {
      if (amount < least) return 0
      return amount > limit - least ? 1 : amount / limit
    }),
  ]
}
