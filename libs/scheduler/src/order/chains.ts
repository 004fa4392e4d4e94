import { isOpen, type Entry } from '../entry.ts'
import type { SuiteState } from '../suite-table.ts'
import { leastSpan } from './least-span.ts'

/**
 * Sets `afterMs` of suites and `pathMs` of entries: how long the run goes on after them at least, as far as it isn't answered
 * yet. That is the longest chain, but units that wait for the same also share the machine: fifty of them behind
 * one suite count with their work, not as if all could run at once.
 *
 * @param limits of the machine, by resource
 * @returns the suites, each after all that depend on it
 * @throws when suites depend on each other in a circle, which the graph of suites has ruled out
 */
export function measureChains(suites: Iterable<SuiteState>, limits: readonly number[]): SuiteState[] {
  const order = dependentsFirst(suites)
  for (const suite of order) {
    const spans = suite.dependents
      .filter(isOpen)
      .map(({ estimateMs, claim, suite: { afterMs } }) => ({ ms: estimateMs, claim, beyondMs: afterMs }))
    suite.afterMs = leastSpan(spans, limits)
    for (const entry of suite.entries) entry.pathMs = entry.estimateMs + suite.afterMs
  }
  return order
}

function dependentsFirst(suites: Iterable<SuiteState>): SuiteState[] {
  const left = new Map<SuiteState, number>()
  for (const suite of suites) left.set(suite, suite.dependents.length)
  const order = [...left.keys()].filter(({ dependents }) => dependents.length === 0)
  // The list grows while it is walked: a suite joins when all that depends on it has.
  for (const { entries } of order) {
    for (const gate of entries.flatMap((entry: Entry) => entry.gates)) {
      const open = left.get(gate)! - 1
      left.set(gate, open)
      if (open === 0) order.push(gate)
    }
  }
  if (order.length < left.size) throw new Error('suites depend on each other in a circle')
  return order
}
