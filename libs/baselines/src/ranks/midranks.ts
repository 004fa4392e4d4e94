export interface Midranks {
  /** From 1; equal values share the mean of their ranks. */
  readonly ranks: Float64Array
  /** Σ(t³ − t) over groups of t equal values: 0 without ties. */
  readonly tieTerm: number
}

export function midranks(values: readonly number[]): Midranks {
  const order = Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Float64Array(values.length)
  let tieTerm = 0
  for (let start = 0; start < order.length;) {
    const value = values[order[start] ?? 0]
    let end = start + 1
    while (end < order.length && values[order[end] ?? 0] === value) end++
    const size = end - start
    tieTerm += size ** 3 - size
    for (const index of order.slice(start, end)) ranks[index] = (start + end + 1) / 2
    start = end
  }
  return { ranks, tieTerm }
}
