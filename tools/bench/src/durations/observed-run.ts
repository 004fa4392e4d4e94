import type { SuiteKind } from '@muster/model'

/** A run as far as durations go. */
export interface ObservedRun {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Class of the machine. */
  readonly machine: string
  readonly cpus: number
  readonly workers: number
  /** Suites that really ran and passed. */
  readonly suites: readonly ObservedSuite[]
}

export interface ObservedSuite {
  readonly suite: string
  readonly kind: SuiteKind
  readonly durationMs: number
  readonly cpuMs?: number
  /** Mean number of units that ran at the same time, itself included, over cores. */
  readonly busy: number
}
