/**
 * A bag of values that knows the sum of distances to a new one in O(log n): two Fenwick trees over the sorted values, one of
 * counts and one of sums.
 */
export class RankSums {
  readonly #values: Float64Array
  readonly #counts: Int32Array
  readonly #sums: Float64Array
  #count = 0
  #sum = 0

  /** @param values ascending; the bag holds each at most once, by its place */
  constructor(values: Float64Array) {
    this.#values = values
    this.#counts = new Int32Array(values.length + 1)
    this.#sums = new Float64Array(values.length + 1)
  }

  /** @returns the sum of distances between this value and all that were in the bag before */
  add(place: number): number {
    const value = this.#values[place] ?? 0
    let [below, sumBelow] = [0, 0]
    for (let node = place; node > 0; node &= node - 1) {
      below += this.#counts[node] ?? 0
      sumBelow += this.#sums[node] ?? 0
    }
    const distances = value * below - sumBelow + (this.#sum - sumBelow) - value * (this.#count - below)
    this.#change(place, 1, value)
    this.#count++
    this.#sum += value
    return distances
  }

  /** Empties the bag of the places that were added, in time proportional to them instead of to the tree. */
  clear(places: Int32Array, start: number, end: number): void {
    for (let index = start; index < end; index++) {
      for (let node = (places[index] ?? 0) + 1; node < this.#counts.length; node += node & -node) {
        this.#counts[node] = 0
        this.#sums[node] = 0
      }
    }
    this.#count = 0
    this.#sum = 0
  }

  #change(place: number, count: number, value: number): void {
    for (let node = place + 1; node < this.#counts.length; node += node & -node) {
      this.#counts[node] = (this.#counts[node] ?? 0) + count
      this.#sums[node] = (this.#sums[node] ?? 0) + value
    }
  }
}
