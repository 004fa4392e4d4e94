/** Indices of `values`, the largest first, equals as they came. */
export const descending = (values: readonly number[]): number[] =>
  values.map((_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b)

/** Where each value stands, from 1 (largest) to 0; equals share the mean of their places. */
export function standings(values: readonly number[]): number[] {
  const order = descending(values)
  const result = values.map(() => 0)
  for (let from = 0; from < order.length;) {
    let to = from
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (let i = from; i < to; i++) result[order[i]!] = 1 - (from + to - 1) / 2 / order.length
    from = to
  }
  return result
}

/** Mean standing of the failed ones in an order: 1 less their mean place, which is APFD but for a constant. */
export function meanStanding(values: readonly number[], failed: readonly boolean[]): number {
  let sum = 0
  let found = 0
  values.forEach((value, i) => {
    if (!failed[i]) return
    sum += value
    found += 1
  })
  return found === 0 ? 0 : sum / found
}
