/**
 * Average percentage of faults detected (Rothermel et al. 1999), each failing test standing for a fault of its own:
 * 1 − Σ(places of failing tests) / (n·m) + 1/(2n), where n tests have m failures. A random order has 0.5 on average.
 *
 * @param order indices, first to run first
 * @param failed verdicts by index; at least one failed
 */
export function apfd(order: readonly number[], failed: readonly boolean[]): number {
  let places = 0
  let failures = 0
  order.forEach((index, place) => {
    if (!failed[index]) return
    places += place + 1
    failures += 1
  })
  const n = order.length
  return 1 - places / (n * failures) + 1 / (2 * n)
}

/**
 * The same over time instead of places (Elbaum et al. 2001), all faults counting the same: the mean share of the time
 * that is left half way through each failing test. When nothing took any time, tests count as equally long.
 */
export function apfdc(
  order: readonly number[],
  failed: readonly boolean[],
  durations: readonly number[],
): number {
  const total = durations.reduce((sum, each) => sum + each, 0)
  if (total === 0) return apfd(order, failed)
  let left = total
  let sum = 0
  let failures = 0
  for (const index of order) {
    if (failed[index]) {
      sum += left - durations[index]! / 2
      failures += 1
    }
    left -= durations[index]!
  }
  return sum / (failures * total)
}
