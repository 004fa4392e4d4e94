/** With more units a worker, their work alone says as much. */
const MOST_ROUNDS = 20

/**
 * Of the longest k·m + 1 units, one of m workers does at least k + 1, so the k + 1 shortest of them follow each other at
 * best (Dell'Amico and Martello 1995). It counts when there are few units a worker.
 */
export function countingBound(durationsMs: readonly number[], workers: number): number {
  const sorted = durationsMs.toSorted((a, b) => b - a)
  let bound = 0
  for (let k = 1; k * workers < sorted.length && k <= MOST_ROUNDS; k++) {
    let sum = 0
    for (let index = k * workers - k; index <= k * workers; index++) sum += sorted[index]!
    bound = Math.max(bound, sum)
  }
  return bound
}
