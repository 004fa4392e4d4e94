import type { Capacity, Objective, UnitId } from '@muster/model'
import { rehearse, simulate, type ScheduledUnit } from '@muster/scheduler'
import { fifo, greedy, nxOrder, type Order } from './greedy.ts'

export interface Contender {
  readonly name: string
  /** @returns the end of each unit, ms */
  readonly run: (units: readonly ScheduledUnit[], capacity: Capacity) => ReadonlyMap<UnitId, number>
}

/** As a run does it: rehearsed first. */
const muster = (objective: Objective): Contender => ({
  name: objective,
  run: (units, capacity) => {
    const options = { capacity, objective, failFast: false }
    const { units: done } = simulate(rehearse(units, options), options)
    return new Map(done.map(({ unit, endMs }) => [unit, endMs]))
  },
})

const inOrder = (name: string, order: Order): Contender => ({
  name,
  run: (units, capacity) => greedy(units, capacity, order),
})

export const CONTENDERS: readonly Contender[] = [
  muster('makespan'),
  muster('balanced'),
  muster('feedback'),
  inOrder("nx's order", nxOrder),
  inOrder('fifo', fifo),
]
