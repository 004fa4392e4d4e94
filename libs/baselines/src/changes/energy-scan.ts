import { RankSums } from './rank-sums.ts'

export interface Split {
  /** First index of the right side, relative to the series. */
  readonly at: number
  /** Scaled energy distance between both sides; larger is more different. */
  readonly energy: number
}

/**
 * Where two parts of a stretch differ most in distribution: the split with the greatest scaled energy distance
 *
 *   nm/(n+m) · ( 2·mean|x−y| − mean|x−x′| − mean|y−y′| )
 *
 * of D. S. Matteson and N. A. James, "A Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data", JASA
 * 109 (2014), 334–345, with α = 1. In one dimension the sums of distances grow by one point in O(log n), so a stretch
 * takes O(n log n).
 * @param ranked the points as places in the sorted values, each place once
 */
export class EnergyScan {
  readonly #sums: RankSums
  readonly #within: Float64Array

  /** @param values ascending */
  constructor(values: Float64Array) {
    this.#sums = new RankSums(values)
    this.#within = new Float64Array(values.length + 1)
  }

  best(ranked: Int32Array, start: number, end: number, minSize: number): Split {
    const count = end - start
    const within = this.#within
    let grown = 0
    for (let index = start; index < end; index++) {
      grown += this.#sums.add(ranked[index] ?? 0)
      within[index - start + 1] = grown
    }
    const total = grown
    this.#sums.clear(ranked, start, end)

    let best: Split = { at: -1, energy: Number.NEGATIVE_INFINITY }
    let right = 0
    for (let index = end - 1; index >= start + minSize; index--) {
      right += this.#sums.add(ranked[index] ?? 0)
      const n = index - start
      const m = count - n
      if (m < minSize) continue
      const left = within[n] ?? 0
      const across = total - left - right
      const distance = (2 * across) / (n * m) - (2 * left) / (n * (n - 1)) - (2 * right) / (m * (m - 1))
      const energy = ((n * m) / count) * distance
      if (energy > best.energy) best = { at: index, energy }
    }
    this.#sums.clear(ranked, start + minSize, end)
    return best
  }
}
