import type { Entry } from '../entry.ts'
import type { Claim } from '../resources/claim.ts'
import type { Machine } from '../resources/machine.ts'

/** When a unit that doesn't fit yet will, if what runs ends as expected, and what will then be free beside it. */
export interface Reservation {
  readonly atMs: number
  /** By resource. */
  readonly spare: readonly number[]
}

/** So many ends ahead; what has to wait longer is left to ageing, for guesses that far are worth little and cost much. */
const HORIZON = 100

/**
 * @param running by expected end, the earliest first
 * @returns undefined beyond the horizon
 */
export function reserve(claim: Claim, machine: Machine, running: readonly Entry[]): Reservation | undefined {
  // What is still missing, and below 0 what is left over.
  const missing = machine.free.map((free) => -free)
  for (const { resource, amount } of claim.amounts) missing[resource]! += amount
  let lacking = missing.filter((amount) => amount > 0).length
  let atMs = Number.POSITIVE_INFINITY
  for (const [index, held] of running.entries()) {
    if (lacking > 0 && index >= HORIZON) return undefined
    // What ends at that very time is free as well.
    if (lacking === 0 && held.endMs > atMs) break
    for (const { resource, amount } of held.claim.amounts) {
      const before = missing[resource]!
      missing[resource] = before - amount
      if (before > 0 && before <= amount) lacking--
    }
    if (lacking === 0) atMs = held.endMs
  }
  return { atMs, spare: missing.map((amount) => -amount) }
}

/** Whether a unit that starts now leaves the reservation as it is, if its estimate holds. */
export const respects = (claim: Claim, endMs: number, { atMs, spare }: Reservation): boolean =>
  endMs <= atMs || claim.amounts.every(({ resource, amount }) => amount <= spare[resource]!)
