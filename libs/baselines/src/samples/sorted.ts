/** Ascending, numerically; a typed array, since benchmarks may bring hundreds of thousands. */
export const sorted = (values: Iterable<number>): Float64Array => Float64Array.from(values).sort()

/** @param ascending sorted and not empty */
export function medianOf(ascending: ArrayLike<number>): number {
  const middle = ascending.length >> 1
  const upper = ascending[middle] ?? Number.NaN
  // Halved before they are added: the sum of two great numbers may overflow.
  return ascending.length % 2 === 1 ? upper : (ascending[middle - 1] ?? Number.NaN) / 2 + upper / 2
}

export const median = (values: Iterable<number>): number => medianOf(sorted(values))
