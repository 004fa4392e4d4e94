import { ALPHA } from '../defaults.ts'

/** Whether the rank test could be significant at all: if every current sample were greater than every one of the base. */
export const canBeSignificant = (n: number, m: number, alpha: number): boolean =>
  2 / combinations(n + m, Math.min(n, m)) < alpha

/** Fewest samples of either side that can be. */
export function fewestSamples(alpha = ALPHA): number {
  let count = 1
  while (!canBeSignificant(count, count, alpha)) count++
  return count
}

function combinations(total: number, chosen: number): number {
  let count = 1
  for (let index = 1; index <= chosen; index++) count = (count * (total - chosen + index)) / index
  return count
}
