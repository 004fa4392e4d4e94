import type { Outcome } from '@muster/model'

import type { Captured } from './output/bounded-capture.ts'

export interface AttemptEnd {
  readonly outcome: Outcome
  /** Set-up and unit, not the tear-down. */
  readonly durationMs: number
  readonly stdout: Captured
  readonly stderr: Captured
  /** Why a thread can't give this unit's verdict; run it in a process. */
  readonly unfit?: string
  /** For people: processes that were left behind, a tear-down that failed. */
  readonly notes: readonly string[]
}
