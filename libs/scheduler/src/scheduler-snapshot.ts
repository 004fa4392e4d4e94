import type { UnitId } from '@muster/model'
import type { Entry } from './entry.ts'
import type { Machine } from './resources/machine.ts'
import { CPUS, MEMORY, WORKERS } from './resources/resource-index.ts'

export interface RunningUnit {
  readonly unit: UnitId
  readonly slot: number
  readonly startMs: number
  /** As far as is known now; later than the estimate when it has outlived that. */
  readonly expectedEndMs: number
}

/** A copy of what the scheduler knows at one moment. */
export interface SchedulerSnapshot {
  /** All its gates are good; waits for room only. In no particular order. */
  readonly ready: readonly UnitId[]
  /** Waits for suites. */
  readonly blocked: readonly UnitId[]
  /** Waits to be woken for another attempt. */
  readonly delayed: readonly UnitId[]
  /** By expected end. */
  readonly running: readonly RunningUnit[]
  readonly inUse: {
    readonly workers: number
    readonly cpus: number
    readonly memoryBytes: number
    readonly semaphores: Readonly<Record<string, number>>
  }
  /** Semaphores that another run holds. */
  readonly heldElsewhere: readonly string[]
}

export function takeSnapshot(
  entries: Iterable<Entry>,
  running: readonly Entry[],
  machine: Machine,
  heldElsewhere: ReadonlySet<string>,
): SchedulerSnapshot {
  const waiting = { ready: [] as UnitId[], blocked: [] as UnitId[], delayed: [] as UnitId[] }
  for (const { unit, state } of entries) {
    if (state.type !== 'running' && state.type !== 'done') waiting[state.type].push(unit.id)
  }
  const used = (resource: number): number => machine.limits[resource]! - machine.free[resource]!
  return {
    ...waiting,
    running: running.flatMap(({ unit, state, endMs }) =>
      state.type === 'running'
        ? { unit: unit.id, slot: state.slot, startMs: state.startMs, expectedEndMs: endMs }
        : [],
    ),
    inUse: {
      workers: used(WORKERS),
      cpus: used(CPUS) / 1000,
      memoryBytes: used(MEMORY),
      semaphores: machine.semaphoresInUse,
    },
    heldElsewhere: [...heldElsewhere],
  }
}
