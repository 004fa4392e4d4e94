import type { UnitId } from '@muster/model'
import { createScheduler, step } from './scheduler.ts'
import type { ScheduledUnit } from './schedule-order.ts'

export interface SimulatedUnit {
  readonly unit: UnitId
  readonly slot: number
  /** Milliseconds from the start of the run. */
  readonly startMs: number
  readonly endMs: number
}

export interface Simulation {
  readonly units: readonly SimulatedUnit[]
  readonly makespanMs: number
  /** No schedule can be shorter: the larger of the longest chain and the work shared out evenly. */
  readonly lowerBoundMs: number
}

/** The same scheduler over a virtual clock, with everything passing. @param unknownMs stands for units without an estimate */
export function simulate(units: readonly ScheduledUnit[], workers: number, unknownMs: number): Simulation {
  const duration = new Map(units.map((unit) => [unit.id, unit.estimateMs ?? unknownMs]))
  const done: SimulatedUnit[] = []
  const running: SimulatedUnit[] = []
  let now = 0
  let { state, commands } = step(createScheduler(workers, false), { type: 'add', units })
  for (;;) {
    for (const command of commands) {
      if (command.type !== 'start') continue
      running.push({
        unit: command.unit,
        slot: command.slot,
        startMs: now,
        endMs: now + (duration.get(command.unit) ?? 0),
      })
    }
    running.sort((a, b) => b.endMs - a.endMs)
    const next = running.pop()
    if (!next) break
    now = next.endMs
    done.push(next)
    ;({ state, commands } = step(state, { type: 'finished', unit: next.unit, good: true }))
  }
  const work = [...duration.values()].reduce((sum, each) => sum + each, 0)
  return {
    units: done.toSorted((a, b) => a.startMs - b.startMs || a.slot - b.slot),
    makespanMs: now,
    lowerBoundMs: Math.max(work / workers, longestChain(units, duration)),
  }
}

function longestChain(units: readonly ScheduledUnit[], duration: ReadonlyMap<UnitId, number>): number {
  const all = simulateUnbounded(units, duration)
  return Math.max(0, ...all.values())
}

/** End of each unit if there were no limit on workers. Units come in any order, so repeat until nothing moves. */
function simulateUnbounded(
  units: readonly ScheduledUnit[],
  duration: ReadonlyMap<UnitId, number>,
): Map<UnitId, number> {
  const ends = new Map<UnitId, number>()
  const open = new Map(units.map((unit) => [unit.id, unit]))
  while (open.size > 0) {
    const before = open.size
    for (const [id, unit] of open) {
      const inRun = unit.dependsOn.filter((dependency) => duration.has(dependency))
      if (!inRun.every((dependency) => ends.has(dependency))) continue
      const start = Math.max(0, ...inRun.map((dependency) => ends.get(dependency) ?? 0))
      ends.set(id, start + (duration.get(id) ?? 0))
      open.delete(id)
    }
    if (open.size === before) throw new Error('the units depend on each other in a circle')
  }
  return ends
}
