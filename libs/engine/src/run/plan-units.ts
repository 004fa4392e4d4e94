import {
  unitId,
  type Needs,
  type Suite,
  type SuiteId,
  type TestCase,
  type UnitPart,
  type WorkUnit,
} from '@muster/model'
import { runnerFor, type RunnerContext } from '@muster/runners'
import {
  type ScheduledUnit,
  DurationModel,
  estimateFiles,
  fileSizes,
  learnedNeeds,
  splitSuite,
  type KnownSuite,
} from '@muster/scheduler'
import type { Memory, SuiteMemory } from '../evidence/suite-memory.ts'

/** What a unit costs before its first test, in ms: measured with a mocha suite in a fresh thread. */
export const UNIT_OVERHEAD_MS = 120
/** Shorter suites aren't worth looking for their files. */
const WORTH_SPLITTING_MS = 1000

export interface PlannedUnits {
  readonly suite: Suite
  readonly units: readonly WorkUnit[]
  /** Of each of its units. */
  readonly needs: Needs
  /** All of its units together, in ms. */
  readonly estimateMs: number
  /** Results of an earlier run that its unit doesn't make again. */
  readonly carried: readonly TestCase[]
}

export interface WantedSuite {
  readonly suite: Suite
  readonly part: UnitPart
  readonly carried: readonly TestCase[]
}

export interface PlanContext {
  readonly runner: RunnerContext
  readonly memory: Memory
  readonly machine: string
  /** Of this machine. */
  readonly cores: number
  readonly workers: number
}

/** Estimates suites from what is remembered of them, and splits those that would hold up the run. */
export async function planUnits(
  wanted: readonly WantedSuite[],
  context: PlanContext,
): Promise<PlannedUnits[]> {
  const { memory } = context
  const model = durationModel(wanted, context)
  const estimates = wanted.map(({ suite }) =>
    Math.min(model.estimate({ kind: suite.kind, samples: memory.of(suite.id).samples }).ms, suite.timeoutMs),
  )
  const total = estimates.reduce((sum, each) => sum + each, 0)
  return Promise.all(
    wanted.map(async ({ suite, part, carried }, index): Promise<PlannedUnits> => {
      const known = memory.of(suite.id)
      const estimateMs = Math.max(1, estimates[index] ?? 1)
      const shards = isPart(part) ? [] : await shardsOf(suite, known, estimateMs, total - estimateMs, context)
      return {
        suite,
        units: unitsOf(suite.id, part, shards, estimateMs, known),
        needs: needsOf(suite, known),
        estimateMs,
        carried,
      }
    }),
  )
}

/** Of all that is remembered: a run of one new suite has others to compare with. */
function durationModel(
  wanted: readonly WantedSuite[],
  { memory, machine, cores, workers }: PlanContext,
): DurationModel {
  const kinds = new Map(wanted.map(({ suite }) => [suite.id as string, suite.kind]))
  const known = [...memory.suites()].map((name): KnownSuite => {
    const { samples, kind = kinds.get(name) } = memory.of(name)
    return kind === undefined ? { samples } : { samples, kind }
  })
  return new DurationModel(known, {
    machine,
    cpus: cores,
    workers: Math.min(workers, wanted.length),
    now: Date.now(),
  })
}

const isPart = ({ files, cases }: UnitPart): boolean => files !== undefined || cases !== undefined

/** What is declared; else what was learned. */
export const needsOf = ({ requires }: Suite, known: SuiteMemory): Needs =>
  learnedNeeds(known, {
    ...(requires.cpus !== undefined && { cpus: requires.cpus }),
    ...(requires.memoryBytes !== undefined && { memoryBytes: requires.memoryBytes }),
    semaphores: requires.semaphores,
    exclusive: requires.exclusive,
  })

/** The files of each unit; empty when the suite runs in one. */
async function shardsOf(
  suite: Suite,
  known: SuiteMemory,
  estimateMs: number,
  othersWorkMs: number,
  { runner, workers }: PlanContext,
): Promise<readonly (readonly string[])[]> {
  const { shards } = suite
  if (shards === 1 || known.whole !== undefined) return []
  if (shards === undefined && (workers === 1 || estimateMs < WORTH_SPLITTING_MS || known.files.size < 2))
    return []
  const found = await runnerFor(suite.runner).files?.(suite, runner)
  // What is wrong with the suite is said when it is prepared.
  if (!found?.ok) return []
  const bins = splitSuite({
    files: estimateFiles(found.value, known.files),
    suiteEstimateMs: estimateMs,
    overheadMs: UNIT_OVERHEAD_MS,
    workers,
    othersWorkMs,
    ...(shards !== undefined && { shards }),
  })
  return bins.length > 1 ? bins : []
}

function unitsOf(
  suite: SuiteId,
  whole: UnitPart,
  shards: readonly (readonly string[])[],
  estimateMs: number,
  known: SuiteMemory,
): WorkUnit[] {
  if (shards.length === 0) return [{ id: unitId(suite), suite, part: whole, estimateMs }]
  const files = shards.flat()
  const sizes = fileSizes({
    files: estimateFiles(files, known.files),
    suiteEstimateMs: estimateMs,
    overheadMs: UNIT_OVERHEAD_MS,
  })
  const sizeOf = new Map(files.map((file, index) => [file, sizes?.[index] ?? estimateMs / files.length]))
  return shards.map((part, index) => {
    const shard = { index: index + 1, of: shards.length }
    const workMs = part.reduce((sum, file) => sum + (sizeOf.get(file) ?? 0), 0)
    return {
      id: unitId(suite, shard),
      suite,
      part: { files: part },
      shard,
      estimateMs: UNIT_OVERHEAD_MS + workMs,
    }
  })
}

export interface SuiteStanding {
  readonly dependsOn: readonly SuiteId[]
  readonly phase: number
  readonly score: number
}

/** As the scheduler wants them. */
export function scheduledUnits(
  planned: readonly PlannedUnits[],
  standingOf: (suite: SuiteId) => SuiteStanding,
): ScheduledUnit[] {
  return planned.flatMap(({ suite, units, needs }) => {
    const standing = standingOf(suite.id)
    const { priority, halt } = suite
    return units.map(({ id, estimateMs }) => ({
      ...standing,
      id,
      suite: suite.id,
      priority,
      estimateMs,
      needs,
      halt,
    }))
  })
}
