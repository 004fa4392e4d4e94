/**
 * In how many ways `size` of the given ranks add up to each sum: the null distribution of a rank sum, exact also with
 * ties. Shift algorithm: B. Streitberg and J. Röhmel, "Exact distributions for permutation and rank tests", Statistical
 * Software Newsletter 12 (1986), 10–17.
 * @param doubled midranks times two, so that they are whole numbers
 * @returns index = doubled sum; counts are floating point, as they outgrow whole numbers
 */
export function rankSumCounts(doubled: readonly number[], size: number): Float64Array {
  const greatest = [...doubled]
    .sort((a, b) => b - a)
    .slice(0, size)
    .reduce((sum, rank) => sum + rank, 0)
  const bySize = Array.from({ length: size + 1 }, () => new Float64Array(greatest + 1))
  const empty = bySize[0]
  if (empty) empty[0] = 1
  for (const rank of doubled) {
    for (let chosen = size; chosen >= 1; chosen--) {
      const from = bySize[chosen - 1] ?? new Float64Array()
      const to = bySize[chosen] ?? new Float64Array()
      for (let sum = greatest; sum >= rank; sum--) to[sum] = (to[sum] ?? 0) + (from[sum - rank] ?? 0)
    }
  }
  return bySize[size] ?? new Float64Array()
}
