import { availableParallelism } from 'node:os'
import type { Capacity, Objective, Score, Suite, SuiteId } from '@muster/model'
import { makePlan, worthEarly, type Plan } from '@muster/scheduler'
import { openMemory } from '../evidence/suite-memory.ts'
import { cacheDir } from '../journal/run-store.ts'
import { readCapacity, readMachineClass, type CapacityWishes } from '../machine/read-machine.ts'
import { Phases } from './phases.ts'
import { planUnits, scheduledUnits, type PlannedUnits } from './plan-units.ts'
import { Scoring } from './scoring.ts'
import type { ChangeImpact } from './suite-request.ts'
import { withoutDevice } from './without-device.ts'

export interface SuiteToPlan {
  readonly suite: Suite
  readonly dependsOn: readonly SuiteId[]
}

export interface PlanOptions extends CapacityWishes {
  readonly objective: Objective
  readonly budgetMs?: number
  readonly impacts?: Readonly<Record<string, ChangeImpact>>
}

export interface SuiteInPlan {
  readonly planned: PlannedUnits
  readonly phase: number
  readonly score: Score
}

export interface RunPlan {
  readonly capacity: Capacity
  readonly plan: Plan
  readonly suites: readonly SuiteInPlan[]
  /** Suites that need a label which this machine lacks, and what depends on them, with the reason for people. */
  readonly noDevice: ReadonlyMap<SuiteId, string>
}

/** How a run of these suites would go if it ran them all: what the coordinator would decide, on a virtual clock. */
export async function planRun(
  root: string,
  all: readonly SuiteToPlan[],
  options: PlanOptions,
): Promise<RunPlan> {
  const { objective, budgetMs, workers, impacts } = options
  const memory = openMemory(root)
  const capacity = readCapacity(options)
  const noDevice = withoutDevice(all, capacity)
  const wanted = all.filter(({ suite }) => !noDevice.has(suite.id))
  const planned = await planUnits(
    wanted.map(({ suite }) => ({ suite, part: {}, carried: [] })),
    {
      runner: { root, cacheDir: cacheDir(root), env: process.env },
      memory,
      machine: readMachineClass(),
      // What more workers would bring is asked of machines with more cores.
      cores: Math.max(workers, availableParallelism()),
      workers,
    },
  )
  const scoring = new Scoring(memory, capacity)
  scoring.add(planned)
  if (impacts) scoring.noteImpacts(impacts)
  const phases = new Phases()
  for (const { suite, dependsOn } of wanted) phases.add(suite.id, dependsOn)
  const dependencies = new Map(wanted.map(({ suite, dependsOn }) => [suite.id, dependsOn]))
  const units = scheduledUnits(planned, (suite) => ({
    dependsOn: dependencies.get(suite) ?? [],
    phase: phases.of(suite),
    score: worthEarly(scoring.scoreOf(suite).total),
  }))
  const plan = makePlan(units, {
    capacity,
    objective,
    failFast: false,
    ...(budgetMs !== undefined && { budgetMs }),
  })
  const suites = planned.map((each) => ({
    planned: each,
    phase: phases.of(each.suite.id),
    score: scoring.scoreOf(each.suite.id),
  }))
  return { capacity, plan, suites, noDevice }
}
