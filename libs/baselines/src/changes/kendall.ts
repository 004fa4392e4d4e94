export interface KendallTest {
  /** How many more pairs rise than fall. */
  readonly score: number
  /** Of the score when there is no trend; ties are taken into account. */
  readonly variance: number
  /** Of all pairs, for each step of one point. */
  readonly slopes: readonly number[]
}

/** Mann's test for a trend, as its parts, so that several series can be put together. */
export function kendall(series: readonly number[]): KendallTest {
  const slopes: number[] = []
  let score = 0
  for (const [later, value] of series.entries()) {
    for (let earlier = 0; earlier < later; earlier++) {
      const rise = value - (series[earlier] ?? value)
      slopes.push(rise / (later - earlier))
      score += Math.sign(rise)
    }
  }
  const counts = new Map<number, number>()
  for (const value of series) counts.set(value, (counts.get(value) ?? 0) + 1)
  const ties = [...counts.values()].reduce((sum, count) => sum + spread(count), 0)
  return { score, variance: (spread(series.length) - ties) / 18, slopes }
}

const spread = (count: number): number => count * (count - 1) * (2 * count + 5)
