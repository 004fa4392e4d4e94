import type { SuiteKind } from '@muster/model'

/** One line of the memory: what was learned of one suite. Everything that isn't known is left out. */
export interface Remembered {
  readonly suite: string
  readonly kind?: SuiteKind
  /** When it started, ms since the epoch. */
  readonly at?: number
  /** The verdict of an execution. The duration of a failed one counts only while none has passed. */
  readonly passed?: boolean
  /** Class of the machine it ran on. */
  readonly machine?: string
  /** Wall time of the whole suite in ms, as if in one unit. */
  readonly durationMs?: number
  /** CPU time of all its processes in ms. */
  readonly cpuMs?: number
  /** Mean number of units that ran at the same time on the machine, itself included, over its cores. */
  readonly busy?: number
  /** Peak memory of its largest unit. */
  readonly peakBytes?: number
  /** CPU time over wall time. */
  readonly averageCpus?: number
  /** Milliseconds by workspace-relative test file; of all its files, for one that is missing is thought to be gone. */
  readonly files?: Readonly<Record<string, number>>
  readonly failedFiles?: readonly string[]
  /** Why it can't be split; empty when a whole run found no reason any more. */
  readonly whole?: string
  /** Why a thread can't give its verdict. */
  readonly needsProcess?: string
  readonly hash?: string
  /** Test cases that the content `hash` has. */
  readonly tests?: number
}
