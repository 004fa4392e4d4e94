import type { Suite, SuiteId } from '@muster/model'

/** One suite that Nx asks for. */
export interface SuiteRequest {
  readonly suite: Suite
  /** Nx's task id. */
  readonly task: string
  /** Suites of the same request set that must pass first. */
  readonly dependsOn: readonly SuiteId[]
  /** The declaration is broken: nothing is run, this text is the outcome. */
  readonly problem?: string
  /** Only the test cases that failed last time. */
  readonly failedOnly?: boolean
}

/** How much of what a suite looks at has changed, and how near to it. */
export interface ChangeImpact {
  /** 0 to 1. */
  readonly value: number
  /** For people: "2 of its 14 own files changed". */
  readonly why: string
}
