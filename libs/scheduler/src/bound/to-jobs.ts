import type { Capacity } from '@muster/model'
import type { Entry } from '../entry.ts'
import { newEntry } from '../new-entry.ts'
import { measureChains } from '../order/chains.ts'
import { leastSpan } from '../order/least-span.ts'
import { Machine } from '../resources/machine.ts'
import type { ScheduledUnit } from '../scheduled-unit.ts'
import { SuiteTable, type SuiteState } from '../suite-table.ts'

/** A unit as the bounds see it. */
export interface Job {
  readonly ms: number
  /** No schedule starts it earlier. */
  readonly headMs: number
  /** No schedule ends earlier than this after its end. */
  readonly tailMs: number
  /** What it takes, by resource. */
  readonly amounts: ReadonlyMap<number, number>
}

export interface Jobs {
  readonly jobs: readonly Job[]
  /** By resource. */
  readonly limits: readonly number[]
}

export function toJobs(units: readonly ScheduledUnit[], capacity: Capacity): Jobs {
  const machine = new Machine(capacity)
  const suites = new SuiteTable()
  const entries = units.map((unit) => newEntry(unit, machine, suites))
  for (const entry of entries) suites.enter(entry)
  const heads = measureHeads(measureChains(suites.all, machine.limits).toReversed(), machine.limits)
  const jobs = entries.map((entry) => ({
    ms: entry.estimateMs,
    headMs: heads.get(entry)!,
    tailMs: entry.suite.afterMs,
    amounts: new Map(entry.claim.amounts.map(({ resource, amount }) => [resource, amount])),
  }))
  return { jobs, limits: machine.limits }
}

/** When each suite's units can start at the earliest. @param order suites, each after all that it depends on */
function measureHeads(order: readonly SuiteState[], limits: readonly number[]): ReadonlyMap<Entry, number> {
  const heads = new Map<Entry, number>()
  for (const { entries } of order) {
    for (const entry of entries) {
      const before = entry.gates
        .flatMap((gate) => gate.entries)
        .map((each) => ({ ms: each.estimateMs, claim: each.claim, beyondMs: heads.get(each)! }))
      heads.set(entry, leastSpan(before, limits))
    }
  }
  return heads
}
