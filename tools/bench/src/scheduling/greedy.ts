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
  const dependents = new Map<SuiteId, ScheduledUnit[]>()
  for (const unit of units) {
    open.set(unit.suite, (open.get(unit.suite) ?? 0) + 1)
    for (const suite of unit.dependsOn) {
      const behind = dependents.get(suite)
      if (behind) behind.push(unit)
      else dependents.set(suite, [unit])
    }
  }
  const isReady = ({ dependsOn }: ScheduledUnit): boolean => dependsOn.every((suite) => open.get(suite) === 0)
  const ready = units.filter(isReady).sort(compare)
  const running: { readonly unit: ScheduledUnit; readonly endMs: number }[] = []
  const ends = new Map<UnitId, number>()
  let nowMs = 0
  for (;;) {
    for (let index = 0; index < ready.length && !machine.isFull;) {
      const unit = ready[index]!
      if (machine.fits(claims.get(unit)!)) {
        machine.take(claims.get(unit)!)
        running.push({ unit, endMs: nowMs + unit.estimateMs })
        ready.splice(index, 1)
      } else index++
    }
    if (running.length === 0) return ends
    running.sort((a, b) => b.endMs - a.endMs)
    const { unit, endMs } = running.pop()!
    nowMs = endMs
    ends.set(unit.id, endMs)
    machine.give(claims.get(unit)!)
    const left = open.get(unit.suite)! - 1
    open.set(unit.suite, left)
    if (left > 0) continue
    const freed = dependents.get(unit.suite)?.filter(isReady) ?? []
    if (freed.length === 0) continue
    ready.push(...freed)
    ready.sort(compare)
  }
}
