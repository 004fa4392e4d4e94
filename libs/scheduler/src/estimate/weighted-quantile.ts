export interface Weighted {
  readonly value: number
  /** Above 0. */
  readonly weight: number
}

/**
 * The smallest value below or at which the share `q` (0..1) of the weight lies; the mean of two neighbours when the
 * share ends exactly between them, so that equal weights give the usual median. NaN of nothing.
 */
export function weightedQuantile(items: readonly Weighted[], q: number): number {
  const sorted = [...items].sort((a, b) => a.value - b.value)
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0)
  const goal = q * total
  // Sums of weights are rounded: what misses the goal by less is on it.
  const tolerance = total * 1e-9
  let seen = 0
  for (const [index, { value, weight }] of sorted.entries()) {
    seen += weight
    if (seen < goal - tolerance) continue
    const next = sorted[index + 1]
    return next !== undefined && seen <= goal + tolerance ? (value + next.value) / 2 : value
  }
  return sorted.at(-1)?.value ?? Number.NaN
}

export const weightedMedian = (items: readonly Weighted[]): number => weightedQuantile(items, 0.5)

export const medianOf = (values: readonly number[]): number =>
  weightedMedian(values.map((value) => ({ value, weight: 1 })))
