import type { Capacity, Objective } from '@muster/model'
import type { WorkerPool } from '@muster/workers'
import type { Memory } from '../evidence/suite-memory.ts'
import type { Clock } from '../journal/clock.ts'
import type { Dispatcher } from '../journal/dispatcher.ts'
import type { MachineSemaphores } from '../machine/machine-semaphores.ts'
import type { UnitRunner } from './unit-runner.ts'

export interface ConductorOptions {
  readonly root: string
  readonly memory: Memory
  readonly env: Readonly<Record<string, string>>
  readonly capacity: Capacity
  /** Class of this machine. */
  readonly machine: string
  /** Of this machine, however many workers there are. */
  readonly cores: number
  readonly objective: Objective
  readonly failFast: boolean
  /** Overrides every suite's own number of retries. */
  readonly retries?: number
  readonly budgetMs?: number
  /** False when the user asked to skip caches: then earlier runs give no answers either. */
  readonly useEarlierAnswers: boolean
  /** Collect no coverage, whatever suites declare. */
  readonly skipCoverage?: boolean
}

export interface ConductorParts {
  readonly dispatcher: Dispatcher
  readonly clock: Clock
  readonly pool: WorkerPool
  readonly startUnit: UnitRunner
  /** Asked for when the first unit needs one. */
  readonly semaphores: () => Promise<MachineSemaphores>
}
