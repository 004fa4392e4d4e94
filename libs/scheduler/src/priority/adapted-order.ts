import type { InRunOdds } from './in-run-odds.ts'
import { MaxHeap } from './max-heap.ts'

/** One thing to run. A test that is run twice in a cycle has two of them. */
export interface Candidate {
  readonly test: string
  readonly likelihood: number
}

/**
 * The order in which one worker that takes the most worthwhile next would run the candidates, if each verdict moves what
 * hasn't run yet. O(n log n), and log n for each likelihood that a verdict changes.
 *
 * @param failed the verdict of a candidate; asked for only once it has its place in the order
 * @param worth of running a candidate next; has to grow with its likelihood
 * @returns indices of the candidates
 */
export function adaptedOrder(
  candidates: readonly Candidate[],
  failed: (index: number) => boolean,
  odds: InRunOdds,
  worth: (likelihood: number, index: number) => number = (likelihood) => likelihood,
): number[] {
  const places = new Map<string, number[]>()
  candidates.forEach(({ test }, index) => {
    const known = places.get(test)
    if (known === undefined) places.set(test, [index])
    else known.push(index)
  })
  const values = candidates.map(({ likelihood }, index) => worth(likelihood, index))
  const heap = new MaxHeap()
  values.forEach((value, index) => heap.push({ value, index }))
  const done = new Set<number>()
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) {
    const { index, value } = next
    // A candidate whose worth has changed is in the heap twice; its former entry is passed over.
    if (done.has(index) || value !== values[index]) continue
    done.add(index)
    const verdict = { test: candidates[index]!.test, failed: failed(index) }
    for (const [test, likelihood] of odds.observe(verdict)) {
      for (const place of places.get(test) ?? []) {
        if (done.has(place)) continue
        values[place] = worth(likelihood, place)
        heap.push({ value: values[place], index: place })
      }
    }
  }
  return [...done]
}
