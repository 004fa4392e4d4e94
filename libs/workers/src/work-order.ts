import type { ActualIsolation, AttemptId, TestCase } from '@muster/model'
import type { UnitProgram } from '@muster/runners'

import type { Limits } from './limits.ts'

/** One attempt at one unit. */
export interface WorkOrder {
  /** 0-based; a slot runs one attempt at a time. */
  readonly slot: number
  /** Asked while it runs and at its end: whether something is worth preparing for a next one. Unless given, it is. */
  readonly hasMore?: () => boolean
  readonly attempt: AttemptId
  readonly program: UnitProgram
  /** Commands always have a process of their own. */
  readonly isolation: ActualIsolation
  /** Limit for set-up and unit together. */
  readonly timeoutMs: number
  readonly slowAfterMs: number
  readonly allowNoTests: boolean
  /** For its processes together. Memory is always held to, the rest where cgroups can be made; a note says if not. */
  readonly limits?: Limits
  /** Shell commands, run in the program's folder. */
  readonly setUp?: string
  readonly tearDown?: string
  /** The unit's whole environment. */
  readonly env: Readonly<Record<string, string>>
}

/** Called while the attempt runs. */
export interface WorkListener {
  case(testCase: TestCase): void
  /** Once, when the soft limit is over. */
  slow(): void
}
