import assert from 'node:assert/strict'
import { suiteId, type Capacity, type RunEvent, type Suite } from '@muster/model'
import { openMemory } from '../src/evidence/suite-memory.ts'
import { createDispatcher } from '../src/journal/dispatcher.ts'
import type { MachineSemaphores } from '../src/machine/machine-semaphores.ts'
import { Conductor } from '../src/run/conductor.ts'
import type { ConductorOptions } from '../src/run/conductor-options.ts'
import type { SuiteRequest } from '../src/run/suite-request.ts'
import { FakePool } from './fake-pool.ts'
import { eventually, memoryJournal, RUN, ScriptedUnits, suite } from './support.ts'

export const request = (name: string, dependsOn: string[] = [], more: Partial<Suite> = {}): SuiteRequest => ({
  suite: suite(name, more),
  task: `${name}:test`,
  dependsOn: dependsOn.map(suiteId),
})

/** A conductor over units that end when the test says so. */
export function conduct(
  root: string,
  options: Partial<ConductorOptions> = {},
  semaphores: () => Promise<MachineSemaphores> = noSemaphores,
  run = RUN,
) {
  const journal = memoryJournal()
  const units = new ScriptedUnits()
  const dispatcher = createDispatcher(run, journal, { now: () => 1 }, [])
  const pool = new FakePool()
  const parts = { dispatcher, pool, clock: { now: () => 1 }, startUnit: units.start, semaphores }
  const conductor = new Conductor({ ...DEFAULTS, root, memory: openMemory(root), ...options }, parts)
  const submit = (requests: readonly SuiteRequest[]): Promise<void> => conductor.submit(requests)
  return { conductor, units, pool, submit, events: journal.events }
}

export const capacity = (workers: number): Capacity => ({
  workers,
  cpus: workers,
  memoryBytes: 2 ** 30,
  semaphores: {},
  labels: ['linux'],
})

const DEFAULTS = {
  env: {},
  capacity: capacity(2),
  machine: 'test',
  cores: 2,
  objective: 'makespan',
  failFast: false,
  useEarlierAnswers: true,
} as const

const noSemaphores = () => Promise.reject(new Error('nobody asked for one'))

export const answers = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) =>
    event.kind === 'unit-finished'
      ? `${event.suite} ${event.outcome.status}`
      : event.kind === 'suite-skipped' || event.kind === 'suite-cached'
        ? `${event.suite} ${event.kind.slice(6)}`
        : [],
  )

/** In whatever order what doesn't wait for each other comes. */
export async function answered(events: readonly RunEvent[], expected: readonly string[]): Promise<void> {
  await eventually(() => answers(events).length >= expected.length)
  assert.deepEqual(answers(events).toSorted(), expected.toSorted())
}
