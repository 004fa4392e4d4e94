import type { Comparison, MeasuredComparison } from './comparison.ts'
import { pValue } from './figures.ts'

export type Correction = 'benjamini-hochberg' | 'holm'

/**
 * All comparisons of one run together: takes back changes that are not significant among so many. With `holm` the chance
 * of any false one is at most alpha; with `benjamini-hochberg`, the default, false ones are expected to be at most a share of alpha among
 * those that are told, and when nothing changed at all the chance of any is alpha as well. Reruns follow, so a
 * few false suspects are cheap, while Holm would hide real ones in suites of many benchmarks. Both hold for benchmarks that
 * go up and down together. S. Holm, Scandinavian Journal of Statistics 6 (1979), 65–70; Y. Benjamini and Y. Hochberg, Journal
 * of the Royal Statistical Society B 57 (1995), 289–300.
 * @returns as many, in the same order
 */
export function correct(
  comparisons: readonly Comparison[],
  method: Correction = 'benjamini-hochberg',
): readonly Comparison[] {
  const measured = comparisons.filter((each) => 'p' in each)
  const adjusted = adjust(
    measured.map(({ p }) => p),
    method,
  )
  const byComparison = new Map<Comparison, number>(
    measured.map((each, index) => [each, adjusted[index] ?? 1]),
  )
  return comparisons.map((each) =>
    'p' in each ? takeBack(each, byComparison.get(each) ?? 1, measured.length) : each,
  )
}

function takeBack(comparison: MeasuredComparison, adjusted: number, among: number): Comparison {
  const { verdict, alpha, reason } = comparison
  if (adjusted < alpha || (verdict !== 'regression' && verdict !== 'improvement')) return comparison
  return {
    ...comparison,
    verdict: 'too-noisy',
    reason: `${reason}; but among ${among} comparisons such a difference comes by chance (corrected p ${pValue(adjusted)})`,
  }
}

/** Adjusted p-values: each is to be compared with alpha itself. Same order. */
export function adjust(ps: readonly number[], method: Correction): readonly number[] {
  const count = ps.length
  const order = Array.from(ps.keys()).sort((a, b) => (ps[a] ?? 1) - (ps[b] ?? 1))
  const adjusted = Array.from<number>({ length: count })
  if (method === 'holm') {
    let running = 0
    for (const [rank, index] of order.entries()) {
      running = Math.max(running, (ps[index] ?? 1) * (count - rank))
      adjusted[index] = Math.min(1, running)
    }
  } else {
    let running = 1
    for (const [rank, index] of [...order.entries()].toReversed()) {
      running = Math.min(running, ((ps[index] ?? 1) * count) / (rank + 1))
      adjusted[index] = running
    }
  }
  return adjusted
}
