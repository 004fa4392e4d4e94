import type { UnitId } from '@muster/model'
import { lowerBound, type ScheduledUnit } from '@muster/scheduler'
import { CONTENDERS } from './contenders.ts'
import { SHAPES } from './shapes.ts'
import { capacityOf, workload } from './workload.ts'

export interface Race {
  readonly shape: string
  readonly units: number
  readonly workers: number
  readonly resources: boolean
}

/** One contender on one seed of a race. */
export interface Score {
  readonly race: Race
  readonly contender: string
  /** Makespan over the lower bound. */
  readonly distance: number
  /** Mean end weighted by score, over the lower bound. */
  readonly feedback: number
}

export const racesOf = (units: readonly number[], workers: readonly number[]): Race[] =>
  workers.flatMap((some) =>
    [false, true].flatMap((resources) =>
      units.flatMap((count) =>
        Object.keys(SHAPES).map((shape) => ({ shape, units: count, workers: some, resources })),
      ),
    ),
  )

export function runRace(race: Race, seed: number): Score[] {
  const units = workload(race.shape, race.units, race.resources, seed)
  const capacity = capacityOf(race.workers)
  const bound = lowerBound(units, capacity)
  return CONTENDERS.map(({ name, run }) => {
    const ends = run(units, capacity)
    const makespan = [...ends.values()].reduce((latest, each) => Math.max(latest, each), 0)
    if (makespan < bound - 1e-6)
      throw new Error(`${name} beats the bound: ${JSON.stringify({ ...race, seed })}`)
    return { race, contender: name, distance: makespan / bound, feedback: meanEnd(units, ends) / bound }
  })
}

function meanEnd(units: readonly ScheduledUnit[], ends: ReadonlyMap<UnitId, number>): number {
  let weight = 0
  let sum = 0
  for (const { id, score } of units) {
    weight += score
    sum += score * ends.get(id)!
  }
  return sum / weight
}
