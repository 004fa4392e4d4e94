import type { RunnerSpec } from '@muster/model'

/** How a project's tests are run, as a suite would say it. */
export interface TestCommand {
  readonly runner: RunnerSpec
  /** Globs relative to the project's folder; absent: the runner's own discovery. */
  readonly include?: readonly string[]
  readonly allowNoTests?: boolean
}
