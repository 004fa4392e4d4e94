import * as fc from 'fast-check'
import { suiteId, unitId, type Capacity, type Needs, type SuiteId, type UnitId } from '@muster/model'
import type { ScheduledUnit, SchedulerCommand } from '../src/index.ts'

export const needs = (more: Partial<Needs> = {}): Needs => ({
  cpus: 1,
  memoryBytes: 0,
  semaphores: {},
  exclusive: [],
  ...more,
})

/** A suite of one unit that has its name. */
export function unit(
  name: string,
  { dependsOn = [], ...more }: Partial<Omit<ScheduledUnit, 'dependsOn'>> & { dependsOn?: string[] } = {},
): ScheduledUnit {
  return {
    id: unitId(suiteId(name)),
    suite: suiteId(name),
    dependsOn: dependsOn.map(suiteId),
    priority: 'medium',
    score: 1,
    estimateMs: 100,
    needs: needs(),
    halt: 'dependents',
    phase: 0,
    ...more,
  }
}

export const machine = (workers: number, more: Partial<Capacity> = {}): Capacity => ({
  workers,
  cpus: workers,
  memoryBytes: 1000,
  semaphores: {},
  labels: [],
  ...more,
})

export const id = (name: string): UnitId => name as UnitId
export const suite = (name: string): SuiteId => name as SuiteId

export const started = (commands: readonly SchedulerCommand[]): string[] =>
  commands.filter(({ type }) => type === 'start').map((command) => command.unit)

/** Unit and reason of what is skipped. */
export const skips = (commands: readonly SchedulerCommand[]): string[][] =>
  commands.flatMap((command) => (command.type === 'skip' ? [[command.unit, command.reason]] : []))

const someNeeds: fc.Arbitrary<Needs> = fc.record({
  cpus: fc.constantFrom(0, 0.3, 1, 1, 1, 2, 3, 9),
  memoryBytes: fc.constantFrom(0, 0, 0, 100, 333, 600, 5000),
  semaphores: fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    fc.constantFrom<Record<string, number>>({ db: 1 }, { ports: 1 }, { ports: 2, db: 1 }, { ports: 7 }),
  ),
  exclusive: fc.constantFrom<string[]>([], [], [], [], ['db'], ['ports'], ['other']),
})

/** Units of suites (one to three units each) that depend on suites before them. */
export const someUnits = (maxSuites: number): fc.Arbitrary<readonly ScheduledUnit[]> =>
  fc
    .array(
      fc.record({
        edges: fc.array(fc.nat(), { maxLength: 3 }),
        units: fc.integer({ min: 1, max: 3 }),
        priority: fc.constantFrom('critical' as const, 'high' as const, 'medium' as const, 'low' as const),
        halt: fc.constantFrom(
          'dependents' as const,
          'dependents' as const,
          'dependents' as const,
          'phase' as const,
          'run' as const,
        ),
        score: fc.nat(50),
        estimateMs: fc.integer({ min: 1, max: 500 }),
        needs: someNeeds,
      }),
      { minLength: 1, maxLength: maxSuites },
    )
    .map((rows) => {
      const phases: number[] = []
      return rows.flatMap(({ edges, units, ...rest }, n) => {
        const before = n === 0 ? [] : [...new Set(edges.map((edge) => edge % n))]
        phases.push(before.reduce((depth, each) => Math.max(depth, phases[each]! + 1), 0))
        return Array.from({ length: units }, (_, index) => ({
          ...rest,
          id: unitId(suite(`s${n}`), { index: index + 1, of: units }),
          suite: suite(`s${n}`),
          dependsOn: before.map((each) => suite(`s${each}`)),
          phase: phases[n]!,
        }))
      })
    })

export const someCapacity: fc.Arbitrary<Capacity> = fc.record({
  workers: fc.integer({ min: 1, max: 6 }),
  cpus: fc.constantFrom(1, 2, 3.5, 8),
  memoryBytes: fc.constantFrom(0, 1000, 1500),
  semaphores: fc.constantFrom<Record<string, number>>({}, { ports: 3 }, { ports: 2, db: 2 }),
  labels: fc.constant([]),
})
