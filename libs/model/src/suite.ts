import type { SuiteId } from './ids.ts'
import type { HaltPolicy } from './score.ts'

export const SUITE_KINDS = [
  'unit',
  'integration',
  'property',
  'e2e',
  'performance',
  'memory-leak',
  'concurrency',
  'fuzzing',
  'security',
  'regression',
  'chaos',
  'load',
  'streaming',
  'compatibility',
  'corruption',
  'partition',
  'recovery',
  'smoke',
  'hardware',
] as const
export type SuiteKind = (typeof SUITE_KINDS)[number]

export const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const
export type Priority = (typeof PRIORITIES)[number]

/**
 * `auto` runs in a fresh thread and falls back to a fresh process when a thread can't give the
 * runner's own verdict; `process` and `thread` are fresh for each suite; `none` reuses a warm process.
 */
export const ISOLATIONS = ['auto', 'process', 'thread', 'none'] as const
export type Isolation = (typeof ISOLATIONS)[number]

/** What mocha suites run when `include` isn't given. */
export const MOCHA_INCLUDE = ['**/*.{test,spec}.{js,cjs,mjs,ts,cts,mts}'] as const

/** Formats of test results that can be read; what is most telling comes first, since detection asks in this order. */
export const RESULT_FORMATS = [
  'junit',
  'trx',
  'nunit',
  'xunit',
  'ctrf',
  'go-json',
  'dart-json',
  'jest-json',
  'mocha-json',
  'pytest-json',
  'tap',
] as const
export type ResultFormat = (typeof RESULT_FORMATS)[number]

/** Test runners that are programs of their own, run as they are installed for the suite's folder. */
export const TOOLS = ['node:test', 'vitest', 'jest', 'playwright', 'pytest', 'go', 'cargo'] as const
export type ToolName = (typeof TOOLS)[number]

/** Where a command runner's test cases come from. `exit-code` makes the command itself the one test case. */
export type ResultSource =
  | { readonly format: 'exit-code' }
  | { readonly format: ResultFormat; readonly from: 'stdout' }
  /** `path` is a glob below the suite's directory. */
  | { readonly format: ResultFormat; readonly from: 'file'; readonly path: string }

export type RunnerSpec =
  | { readonly name: 'mocha'; readonly config?: string; readonly options: Readonly<Record<string, unknown>> }
  | { readonly name: 'command'; readonly command: string; readonly results: ResultSource }
  | ToolSpec

export interface ToolSpec {
  readonly name: ToolName
  /** Relative to the suite's folder; undefined: the one that the tool itself finds. */
  readonly config?: string
  /** Further arguments of its command line. */
  readonly args: readonly string[]
}

export interface NameSelector {
  readonly suite: string
}
export interface KindSelector {
  readonly kind: SuiteKind
}
export type Selector = NameSelector | KindSelector

/** What a suite asks of a machine; what isn't said is learned or has a default. */
export interface Requires {
  readonly cpus?: number
  readonly memoryBytes?: number
  /** The machine must have all of them. */
  readonly labels: readonly string[]
  /** Names that no other suite may use at the same time; `devices` are among them, as `device:<name>`. */
  readonly exclusive: readonly string[]
  /** Permits of counted semaphores, whose sizes nx.json declares. */
  readonly semaphores: Readonly<Record<string, number>>
}

/** What a unit of the suite can't go beyond, where the machine can enforce it. */
export interface Limits {
  readonly memoryBytes?: number
  readonly cpus?: number
  readonly processes?: number
}

export interface Retries {
  /** Further attempts after the first. */
  readonly count: number
  /** Before the first retry; doubles with each, up to a minute. */
  readonly delayMs: number
}

/** What a pass after a failure is worth. */
export interface FlakyPolicy {
  readonly verdict: 'pass' | 'fail'
  /** Whether such a pass is believed when it comes back from a cache. */
  readonly cache: boolean
}

/** A declared suite with its defaults filled in. All paths are workspace-relative and '/'-separated. */
export interface Suite {
  readonly id: SuiteId
  readonly kind: SuiteKind
  readonly priority: Priority
  /** The folder that holds suite.json; the runner's working directory. */
  readonly dir: string
  /** The suite.json itself. */
  readonly source: string
  readonly runner: RunnerSpec
  /** Globs relative to `dir`. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** Nx projects this suite tests. */
  readonly covers: readonly string[]
  /** Selectors as declared; `SuiteGraph` resolves them. */
  readonly dependsOn: readonly Selector[]
  /** Further Nx inputs and outputs of the target, in Nx's own notation. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Environment variables that the suite may read and that count in its hash. */
  readonly env: readonly string[]
  /** Hard limit for the whole suite. */
  readonly timeoutMs: number
  /** When to call it slow. */
  readonly slowAfterMs: number
  readonly isolation: Isolation
  readonly allowNoTests: boolean
  /** Shell commands in `dir`; tear-down always runs once set-up was started. */
  readonly setUp?: string
  readonly tearDown?: string
  readonly requires: Requires
  readonly limits: Limits
  readonly retries: Retries
  readonly flaky: FlakyPolicy
  /** Units it is split into: exactly so many if it has the files; undefined lets history decide, 1 forbids. */
  readonly shards?: number
  /** How much it matters to the business, 1 being usual. */
  readonly weight: number
  readonly halt: HaltPolicy
}

/** What a suite has that says nothing about order, resources, retries and halting. */
export const SCHEDULING_DEFAULTS = {
  requires: { labels: [], exclusive: [], semaphores: {} },
  limits: {},
  retries: { count: 0, delayMs: 1000 },
  flaky: { verdict: 'pass', cache: false },
  weight: 1,
  halt: 'dependents',
} as const satisfies Pick<Suite, 'requires' | 'limits' | 'retries' | 'flaky' | 'weight' | 'halt'>
