import type { Rate } from './wilson.ts'

/**
 * A test case or a suite whose verdict doesn't follow from what was tested.
 *
 * Runs are compared that tested the same: the same task hash, and, as a hash needn't hold them, on the same platform and Node
 * version. Without a hash a run can be compared with itself only. Where it passed at least once, it can pass, and each
 * run in which it failed, in the end or before a retry, is an event. A content on which it always failed is broken, not
 * flaky, and isn't looked at; this makes the rate rather too low than too high, as some of those failures were chance too.
 * A run counts once, however many retries it made: they aren't independent.
 */
export interface FlakyFinding {
  /**
   * `flaky`: failed and passed under the same circumstances. `environment`: fails on some platforms or Node versions
   * whenever it runs there, and passes with the same hash on others, which is a fault of the code and no flake.
   */
  readonly verdict: 'flaky' | 'environment'
  readonly suite: string
  /** Full name; null for the suite as a whole, when none of its cases explains it: a crash, a time-out, a hook. */
  readonly caseName: string | null
  readonly file: string | null
  /** Executed runs that are compared. */
  readonly executions: number
  /** Those in which it failed at least once. */
  readonly events: number
  /** Events that show by a pass of another run, on the same content. */
  readonly sameContent: number
  /** Events that show by a pass in the same run, after a retry. */
  readonly onRetry: number
  /** Events among executions. */
  readonly rate: Rate
  /** Start of the first and the last run with an event. */
  readonly firstAt: number
  readonly lastAt: number
  /** Of its last failure, when there is one. */
  readonly message: string | null
  /** By platform, then Node version. */
  readonly environments: readonly FlakyEnvironment[]
}

export interface FlakyEnvironment {
  readonly platform: string
  readonly node: string
  readonly executions: number
  readonly events: number
}
