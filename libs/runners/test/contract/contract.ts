import type { RunnerContext, RunnerCounts, Runner } from '../../src/index.ts'
import type { Outcome, RunnerSpec, TestCase } from '@muster/model'

/** What every runner has a fixture for: a folder of that name among the runner's fixtures. */
export const SCENARIOS = {
  passes: 'all tests pass; some are in a group in a group',
  failures: 'tests fail, others pass',
  'hook-fails': 'a hook fails',
  skips: 'tests are skipped, or only to be done',
  retries: 'a test passes at its second try, another never does',
  timeout: 'a test takes longer than the tool allows',
  crash: 'a test ends its process',
  'no-load': 'one file does not load, another passes',
  'no-tests': 'there is nothing to run',
  'several-files': 'three files; one has failures, and names that others have too',
} as const
export type Scenario = keyof typeof SCENARIOS

/** What the tool says of a fixture when it is run by hand. */
export interface OwnVerdict {
  /** From its own summary; null: it prints none. */
  readonly counts: RunnerCounts | null
  /** It exits with 0. */
  readonly green: boolean
}

export interface Expected {
  readonly status: Outcome['status']
  /** What the tool's own summary says; null: there is none to compare with. */
  readonly own: RunnerCounts | null
  /** What Muster counts, where that can't be the tool's own numbers, and why. Absent: the tool's own. */
  readonly counted?: RunnerCounts & { readonly because: string }
  /** Cases by their full names (`a › b`), each with facts that must hold for it. */
  readonly cases?: Readonly<Record<string, Partial<CaseFacts>>>
  /** In the outcome, or in the first error. */
  readonly message?: RegExp
}

export interface CaseFacts extends Pick<TestCase, 'status' | 'attempts' | 'skipReason' | 'hook'> {
  /** Workspace-relative to the fixture's folder. */
  readonly file: string
  /** Found in the error's message. */
  readonly error: RegExp
  /** Found in the error's stack or message: where it happened, as the tool says it. */
  readonly at: RegExp
  readonly expected: string
  readonly actual: string
  /** How many failing executions came before. */
  readonly earlier: number
  readonly stdout: RegExp
  readonly stderr: RegExp
}

/** What a tool must bring for `describeRunnerContract`. */
export interface ToolContract {
  readonly runner: Runner
  /** Absolute; holds a folder for each scenario, in the workspace of the context. */
  readonly fixtures: string
  readonly spec: RunnerSpec
  readonly context: RunnerContext
  /** Over the environment of the tool. */
  readonly env?: Readonly<Record<string, string>>
  /** Why the tool can't run here; undefined: it can. */
  readonly missing?: string
  /** Runs the tool plainly in the folder and reads its own summary. */
  ownVerdict(dir: string): Promise<OwnVerdict>
  /** A text says why the tool can't have such a fixture. */
  readonly scenarios: Readonly<Record<Scenario, Expected | string>>
}
