import type { UnitId } from '@muster/model'
import type { ScheduledUnit } from '../scheduled-unit.ts'
import type { SimulatedUnit } from './simulate.ts'

/** What a start waited for: the end of the last unit of what it depends on, or the end of one that made room. */
export interface Cause {
  readonly kind: 'dependency' | 'room'
  readonly unit: UnitId
}

/** For each unit that doesn't start at once, the unit whose end let it start. @param simulated by start */
export function causesOf(
  simulated: readonly SimulatedUnit[],
  byId: ReadonlyMap<UnitId, ScheduledUnit>,
): ReadonlyMap<UnitId, Cause> {
  const endings = new Map<number, SimulatedUnit[]>()
  for (const each of simulated) endings.set(each.endMs, [...(endings.get(each.endMs) ?? []), each])
  const causes = new Map<UnitId, Cause>()
  for (const { unit, slot, startMs } of simulated) {
    if (startMs === 0) continue
    const ended = endings.get(startMs) ?? []
    const dependsOn = new Set(byId.get(unit)!.dependsOn)
    const dependency = ended.find((each) => dependsOn.has(byId.get(each.unit)!.suite))
    const room = ended.find((each) => each.slot === slot) ?? ended[0]
    if (dependency) causes.set(unit, { kind: 'dependency', unit: dependency.unit })
    else if (room) causes.set(unit, { kind: 'room', unit: room.unit })
  }
  return causes
}

/** Back from the unit that ends last, by what each one waited for. */
export function criticalUnits(
  simulated: readonly SimulatedUnit[],
  causes: ReadonlyMap<UnitId, Cause>,
): ReadonlySet<UnitId> {
  const critical = new Set<UnitId>()
  const last = simulated.reduce<SimulatedUnit | undefined>(
    (latest, each) => (latest && latest.endMs >= each.endMs ? latest : each),
    undefined,
  )
  for (let unit = last?.unit; unit !== undefined; unit = causes.get(unit)?.unit) critical.add(unit)
  return critical
}
