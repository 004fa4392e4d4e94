import type { SimulatedUnit } from './simulate.ts'

/**
 * Splits a schedule into groups of units that run together: walking by start, a unit joins the group if it starts before
 * the first of the group ends. So at the last start of a group all of it runs, and no group is larger than the machine.
 *
 * @param units by start
 * @returns the 1-based group of each
 */
export function groupsOf(units: readonly SimulatedUnit[]): number[] {
  let group = 0
  let firstEndMs = Number.NEGATIVE_INFINITY
  return units.map(({ startMs, endMs }) => {
    if (startMs >= firstEndMs) {
      group++
      firstEndMs = endMs
    }
    firstEndMs = Math.min(firstEndMs, endMs)
    return group
  })
}
