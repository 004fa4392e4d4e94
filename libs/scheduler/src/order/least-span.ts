import type { Claim } from '../resources/claim.ts'

/** Work with something that has to come after it (or, in the other direction, before it). */
export interface Span {
  readonly ms: number
  readonly claim: Claim
  readonly beyondMs: number
}

/**
 * The least time for all of it, with what is beyond: the longest one with what is beyond it, or the work of those that
 * have at least so much beyond them, shared out over the scarcest resource, and then that.
 * @param limits by resource
 */
export function leastSpan(spans: readonly Span[], limits: readonly number[]): number {
  const work = new Map<number, number>()
  let scarcest = 0
  let least = 0
  for (const { ms, claim, beyondMs } of spans.toSorted((a, b) => b.beyondMs - a.beyondMs)) {
    for (const { resource, amount } of claim.amounts) {
      const sum = (work.get(resource) ?? 0) + (amount / limits[resource]!) * ms
      work.set(resource, sum)
      scarcest = Math.max(scarcest, sum)
    }
    least = Math.max(least, Math.max(ms, scarcest) + beyondMs)
  }
  return least
}
