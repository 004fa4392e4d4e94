import { sample } from '../sample.ts'
import type { Load } from './load.ts'

/** Starts that are tried. */
const STARTS = 64

/**
 * A resource can't be done with a set of loads before the earliest of their heads plus all their work plus the least of
 * their tails. The largest of that over the sets of those with head ≥ h and tail ≥ t, for all t and a sample of h.
 */
export function headTailBound(loads: readonly Load[]): number {
  const byTail = loads.toSorted((a, b) => b.tailMs - a.tailMs)
  const heads = [...new Set(loads.map(({ headMs }) => headMs))].sort((a, b) => a - b)
  let bound = 0
  for (const startMs of sample(heads, STARTS)) {
    let workMs = 0
    for (const load of byTail) {
      if (load.headMs < startMs) continue
      workMs += load.workMs
      bound = Math.max(bound, startMs + workMs + load.tailMs)
    }
  }
  return bound
}
