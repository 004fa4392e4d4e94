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
}
