/**
 * Shares out items over bins, longest processing time first: the largest bin is at most 4/3 − 1/(3·bins) of the best
 * possible (Graham 1969). Deterministic; equal sizes give counts that differ by one at most.
 * @param sizes in ms; the answer holds their indexes
 * @returns at most `count` bins, none empty, ordered by their first item; items ascending
 */
export function packBins(sizes: readonly number[], count: number): number[][] {
  const bins = Array.from({ length: Math.min(count, sizes.length) }, () => ({
    size: 0,
    items: new Array<number>(),
  }))
  const largestFirst = sizes
    .map((size, index) => ({ size, index }))
    .sort((a, b) => b.size - a.size || a.index - b.index)
  for (const { size, index } of largestFirst) {
    // By count as well: files of 0 ms would all go into one bin.
    const least = bins.reduce((best, bin) =>
      bin.size < best.size || (bin.size === best.size && bin.items.length < best.items.length) ? bin : best,
    )
    least.size += size
    least.items.push(index)
  }
  return bins.map(({ items }) => items.sort((a, b) => a - b)).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
}
