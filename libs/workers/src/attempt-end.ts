import type { Outcome, Usage } from '@muster/model'

import type { Captured } from './output/bounded-capture.ts'

export interface AttemptEnd {
  readonly outcome: Outcome
  /** Set-up and unit, not the tear-down. */
  readonly durationMs: number
  readonly stdout: Captured
  readonly stderr: Captured
  /** Why a thread can't give this unit's verdict; run it in a process. */
  readonly unfit?: string
  /** Why the suite must not be split by file, if the unit found out. */
  readonly whole?: string
  /** Milliseconds by workspace-relative test file, where the runner tells. */
  readonly fileMs?: Readonly<Record<string, number>>
  /** Of all its processes, set-up and tear-down included; undefined where the machine tells nothing. */
  readonly usage?: Usage
  /** For people: processes that were left behind, a tear-down that failed. */
  readonly notes: readonly string[]
}
