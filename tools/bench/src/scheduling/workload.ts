import { suiteId, unitId, type Capacity, type Needs, type Priority } from '@muster/model'
import type { ScheduledUnit } from '@muster/scheduler'
import { Random } from './random.ts'
import { SHAPES } from './shapes.ts'

const GIB = 2 ** 30

export const capacityOf = (workers: number): Capacity => ({
  workers,
  cpus: workers,
  memoryBytes: workers * 2 * GIB,
  semaphores: { ports: 3 },
  labels: [],
})

/**
 * Units of a random workspace: log-normal durations (median 2 s, one in a hundred above 30 s), every tenth suite split into
 * 2 to 8 units; with `resources`, a third wants more than a core, all want memory, and one in twenty a semaphore.
 */
export function workload(shape: string, units: number, resources: boolean, seed: number): ScheduledUnit[] {
  const random = new Random(seed)
  const sizes: number[] = []
  for (let left = units; left > 0; left -= sizes.at(-1)!) {
    sizes.push(Math.min(left, random.next() < 0.1 ? 2 + random.below(7) : 1))
  }
  const edges = SHAPES[shape]!(sizes.length, random)
  const depths: number[] = []
  for (const dependencies of edges)
    depths.push(dependencies.reduce((depth, each) => Math.max(depth, depths[each]! + 1), 0))
  return sizes.flatMap((size, n) => {
    const suite = suiteId(`s${n}`)
    const needs = resources ? someNeeds(random) : NO_NEEDS
    const ms = 2000 * Math.exp(1.16 * random.normal())
    const common = {
      suite,
      dependsOn: edges[n]!.map((each) => suiteId(`s${each}`)),
      priority: somePriority(random),
      score: scoreOf(random),
      needs,
      halt: 'dependents' as const,
      phase: depths[n]!,
    }
    return Array.from({ length: size }, (_, index) => ({
      ...common,
      id: size === 1 ? unitId(suite) : unitId(suite, { index: index + 1, of: size }),
      estimateMs: Math.max(1, Math.round(size === 1 ? ms : ms * (0.8 + 0.4 * random.next()))),
    }))
  })
}

const NO_NEEDS: Needs = { cpus: 1, memoryBytes: 0, semaphores: {}, exclusive: [] }

function someNeeds(random: Random): Needs {
  const roll = random.next()
  return {
    cpus: roll < 0.65 ? 1 : roll < 0.9 ? 2 : roll < 0.98 ? 4 : 6,
    memoryBytes: Math.round(0.5 * GIB * Math.exp(0.8 * random.normal())),
    semaphores: roll < 0.02 ? { database: 1 } : roll < 0.05 ? { ports: 1 + random.below(2) } : {},
    exclusive: random.next() < 0.005 ? ['ports'] : [],
  }
}

const somePriority = (random: Random): Priority =>
  (['critical', 'high', 'medium', 'medium', 'medium', 'low'] as const)[random.below(6)]!

/** Most suites hardly ever fail; a few often do. */
const scoreOf = (random: Random): number => 10 + 90 * random.next() ** 6
