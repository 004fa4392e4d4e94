import type { SuiteCoverage } from './coverage.ts'
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
  | TinybenchSpec
  | HyperfineSpec

export interface ToolSpec {
  readonly name: ToolName
  /** Relative to the suite's folder; undefined: the one that the tool itself finds. */
  readonly config?: string
  /** Further arguments of its command line. */
  readonly args: readonly string[]
}

/** What tinybench suites run when `include` isn't given. */
export const BENCH_INCLUDE = ['**/*.bench.{js,cjs,mjs,ts,cts,mts}'] as const

/** Benchmarks in JavaScript. Each round runs in a process of its own and gives one sample of each benchmark. */
export interface TinybenchSpec {
  readonly name: 'tinybench'
  /** Least number of rounds. */
  readonly rounds: number
  /** Rounds are added up to this number while the intervals are wide. */
  readonly maxRounds: number
  /** Slices of time for which each benchmark runs before it is measured, in each process. */
  readonly warmup: number
  /** How long a benchmark is measured in a round. */
  readonly sliceMs: number
  /** Of a bench file: no round is begun after it. */
  readonly budgetMs: number
  /** Holds the benchmarks to one core, where the machine can. */
  readonly pin: boolean
  /** Of the node processes that measure: `--import tsx`. */
  readonly nodeOptions: readonly string[]
}

export interface HyperfineCommand {
  readonly name: string
  readonly command: string
  /** Shell commands: once before all runs, before each run, and once after all. */
  readonly setup?: string
  readonly prepare?: string
  readonly cleanup?: string
}

/** Benchmarks of commands. */
export interface HyperfineSpec {
  readonly name: 'hyperfine'
  readonly commands: readonly HyperfineCommand[]
  /** Values by name: each command is measured with each combination, in place of `{name}`. */
  readonly parameters: Readonly<Record<string, readonly string[]>>
  readonly warmup: number
  /** Exactly so many; undefined: at least 10, and for at least 3 seconds. */
  readonly runs?: number
  /** `none` starts the command without a shell, whose start would be measured, too. */
  readonly shell: string
}

/** Figures of a whole suite, from the sampler that watches its processes. */
export const USAGE_METRICS = [
  'wall',
  'cpu',
  'average-cpus',
  'peak-cpus',
  'average-memory',
  'peak-memory',
] as const
export type UsageMetric = (typeof USAGE_METRICS)[number]

/** What is measured of a suite, and what a change of it means. */
export interface Measure {
  /** Of the suite as a whole; what test cases and the suite itself report is measured anyway. */
  readonly usage: readonly UsageMetric[]
  /** The smallest relative change that matters. */
  readonly threshold: number
  /** Whether `muster baseline compare` fails for a confirmed regression, or only tells it. */
  readonly onRegression: 'fail' | 'report'
}

export const DEFAULT_THRESHOLD = 0.15

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
  /** Present when code coverage is collected. */
  readonly coverage?: SuiteCoverage
  /** Set for suites of kind performance and those that ask for it. */
  readonly measure?: Measure
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
