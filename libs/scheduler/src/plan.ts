import type { Needs, Objective, SuiteId } from '@muster/model'
import { lowerBound } from './bound/lower-bound.ts'
import type { ScheduledUnit } from './scheduled-unit.ts'
import type { SchedulerOptions } from './scheduler.ts'
import { causesOf, criticalUnits, type Cause } from './simulation/causes.ts'
import { meanEndMs } from './simulation/mean-end.ts'
import { groupsOf } from './simulation/parallel-groups.ts'
import { rehearse } from './simulation/rehearse.ts'
import { simulate, type SimulatedUnit, type SkippedUnit } from './simulation/simulate.ts'

export interface PlannedUnit extends SimulatedUnit {
  readonly suite: SuiteId
  /** 0-based depth of its suite. */
  readonly phase: number
  /** 1-based, in the order of starts: the units of a group all run at the same time, at some moment. */
  readonly group: number
  readonly needs: Needs
  /** What its start waited for; undefined when it starts at once. */
  readonly cause: Cause | undefined
  /** If it takes longer, and all else goes as planned, the run takes longer. */
  readonly critical: boolean
}

/** How a run goes if all estimates hold and everything passes. */
export interface Plan {
  /** What orders the units: with a budget `feedback`, whatever was asked for. */
  readonly objective: Objective
  /** By start and slot. */
  readonly units: readonly PlannedUnit[]
  /** Without room in the budget. */
  readonly skipped: readonly SkippedUnit[]
  readonly makespanMs: number
  /** No order is shorter; of what is started. */
  readonly lowerBoundMs: number
  /** Makespan over lower bound, ≥ 1; 1 without units. */
  readonly distance: number
  /** Mean end of units weighted by their scores: how soon a failure would show. Unweighted when all scores are 0. */
  readonly feedbackMs: number
}

/** The units as a `Scheduler` with these options runs them when it is given `rehearse(units, options)`. */
export function makePlan(units: readonly ScheduledUnit[], options: SchedulerOptions): Plan {
  const { units: simulated, skipped, makespanMs } = simulate(rehearse(units, options), options)
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const causes = causesOf(simulated, byId)
  const critical = criticalUnits(simulated, causes)
  const groups = groupsOf(simulated)
  const planned = simulated.map((each, index): PlannedUnit => {
    const { suite, phase, needs } = byId.get(each.unit)!
    const cause = causes.get(each.unit)
    return { ...each, suite, phase, needs, group: groups[index]!, cause, critical: critical.has(each.unit) }
  })
  const lowerBoundMs = lowerBound(
    simulated.map(({ unit }) => byId.get(unit)!),
    options.capacity,
  )
  return {
    objective: options.budgetMs === undefined ? options.objective : 'feedback',
    units: planned,
    skipped,
    makespanMs,
    lowerBoundMs,
    distance: lowerBoundMs === 0 ? 1 : makespanMs / lowerBoundMs,
    feedbackMs: meanEndMs(simulated, byId),
  }
}
