import type { Entry } from '../entry.ts'
import type { Machine } from '../resources/machine.ts'
import type { Lane } from './ready-queue.ts'

/** What the choice of the next unit depends on. */
export interface Scene {
  /** Best first. */
  readonly lanes: readonly Lane[]
  readonly machine: Machine
  /** By expected end, the earliest first. */
  readonly running: readonly Entry[]
  readonly nowMs: number
  /** Semaphores that somebody outside holds. */
  readonly heldElsewhere: ReadonlySet<string>
}
