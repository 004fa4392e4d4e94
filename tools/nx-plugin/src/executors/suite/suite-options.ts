import type { Suite } from '@muster/model'

/** What may stand on nx's command line. */
export interface SuiteOverrides {
  /** Run only the test cases that failed last time. */
  readonly failed?: boolean
}

/** Options of an inferred target; written by the inference, not by people. */
export interface SuiteExecutorOptions extends SuiteOverrides {
  readonly suite: string
  /** The suite.json, workspace-relative. */
  readonly source: string
  /** The parsed declaration, absent when it is broken. */
  readonly declaration?: Suite
  /** What is wrong with the declaration, for people. */
  readonly error?: string
  /** What the declaration asks for in vain, for people. */
  readonly warnings?: readonly string[]
}
