import type { SuiteId } from '@muster/model'
import { phasesOf } from './phases.ts'
import type { Edges } from './edges.ts'

export interface CriticalPath {
  /** In the order they run. */
  readonly suites: readonly SuiteId[]
  /** Sum of their durations: a lower bound on the run's wall time. */
  readonly durationMs: number
}

/**
 * The chain of suites with the greatest sum of durations.
 *
 *     unit 2 s ──▶ integration 5 s ──▶ chaos 1 s      = 8 s, the critical path
 *          └─────▶ performance 4 s                    = 6 s
 *
 * Going by phases, each suite's best chain is the best chain of a dependency plus its own duration.
 * Ties go to the dependency whose name sorts first.
 */
export function criticalPath(dependencies: Edges, durationOf: (id: SuiteId) => number): CriticalPath {
  const best = new Map<SuiteId, { readonly total: number; readonly before: SuiteId | undefined }>()
  let end: SuiteId | undefined
  for (const id of phasesOf(dependencies).flat()) {
    let before: SuiteId | undefined
    for (const each of (dependencies.get(id) ?? []).toSorted()) {
      if (before === undefined || totalOf(each) > totalOf(before)) before = each
    }
    best.set(id, { total: totalOf(before) + durationOf(id), before })
    if (end === undefined || totalOf(id) > totalOf(end)) end = id
  }

  const suites: SuiteId[] = []
  for (let id = end; id !== undefined; id = best.get(id)?.before) suites.unshift(id)
  return { suites, durationMs: totalOf(end) }

  function totalOf(id: SuiteId | undefined): number {
    return id === undefined ? 0 : (best.get(id)?.total ?? 0)
  }
}
