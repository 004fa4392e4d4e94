import type { Capacity, SuiteId, UnitId } from '@muster/model'
import { Machine, type ScheduledUnit } from '@muster/scheduler'

export type Order = (units: readonly ScheduledUnit[]) => (a: ScheduledUnit, b: ScheduledUnit) => number

/** In the order they were given. */
export const fifo: Order = (units) => {
  const places = new Map(units.map((unit, index) => [unit, index]))
  return (a, b) => places.get(a)! - places.get(b)!
}

/** Nx's (`tasks-schedule`): more dependents first, then the longer estimate, then as given. */
export const nxOrder: Order = (units) => {
  const dependents = new Map<SuiteId, number>()
  for (const { dependsOn } of units) {
    for (const suite of dependsOn) dependents.set(suite, (dependents.get(suite) ?? 0) + 1)
  }
  const given = fifo(units)
  return (a, b) =>
    (dependents.get(b.suite) ?? 0) - (dependents.get(a.suite) ?? 0) ||
    b.estimateMs - a.estimateMs ||
    given(a, b)
}

/** Starts, at each end of a unit, what is ready and fits, in this order. @returns the end of each unit, ms */
export function greedy(
  units: readonly ScheduledUnit[],
  capacity: Capacity,
  order: Order,
): ReadonlyMap<UnitId, number> {
  const machine = new Machine(capacity)
  const claims = new Map(units.map((unit) => [unit, machine.claimOf(unit.needs)]))
  const compare = order(units)
  const open = new Map<SuiteId, number>()
  for (const { suite } of units) open.set(suite, (open.get(suite) ?? 0) + 1)
  const isReady = ({ dependsOn }: ScheduledUnit): boolean => dependsOn.every((suite) => open.get(suite) === 0)
  let ready = units.filter(isReady).sort(compare)
  let blocked = units.filter((unit) => !isReady(unit))
  const running: { readonly unit: ScheduledUnit; readonly endMs: number }[] = []
  const ends = new Map<UnitId, number>()
  let nowMs = 0
  for (;;) {
    ready = ready.filter((unit) => {
      if (machine.isFull || !machine.fits(claims.get(unit)!)) return true
      machine.take(claims.get(unit)!)
      running.push({ unit, endMs: nowMs + unit.estimateMs })
      return false
    })
    if (running.length === 0) return ends
    running.sort((a, b) => b.endMs - a.endMs)
    const { unit, endMs } = running.pop()!
    nowMs = endMs
    ends.set(unit.id, endMs)
    machine.give(claims.get(unit)!)
    const left = open.get(unit.suite)! - 1
    open.set(unit.suite, left)
    if (left > 0) continue
    const freed = blocked.filter(isReady)
    if (freed.length === 0) continue
    ready = [...ready, ...freed].sort(compare)
    blocked = blocked.filter((each) => !isReady(each))
  }
}
