import type { Counts, Objective, Suite } from '@muster/model'
import type { ChangeImpact } from '../run/suite-request.ts'

/**
 * What goes over the coordinator's socket: one JSON value a line, in both directions. A client that speaks
 * another version is refused, since an upgraded package may meet a coordinator that still runs.
 */
export const PROTOCOL_VERSION = 3

/** Given to the coordinator process when it is spawned (JSON in its argument): enough to boot it, and its workers. */
export interface CoordinatorStart {
  readonly root: string
  readonly socket: string
  /** The nx process of this invocation; the run ends when it ends. */
  readonly owner: OwnerProcess
  readonly workers: number
}

/** How a run is to be done: said by the first client. */
export interface CoordinatorConfig extends CoordinatorStart {
  /** Chosen by `muster run`, which wants to follow the journal; else the coordinator makes one. */
  readonly runId?: string
  readonly command: string
  readonly failFast: boolean
  readonly objective: Objective
  readonly timeoutMs?: number
  /** The run's time budget. */
  readonly budgetMs?: number
  /** Overrides every suite's own number of retries. */
  readonly retries?: number
  /** Sizes of counted semaphores. */
  readonly semaphores: Readonly<Record<string, number>>
  /** What the user says this machine is, beyond what it says itself. */
  readonly labels: readonly string[]
  readonly useEarlierAnswers: boolean
  readonly reports: boolean
  /** Collect no coverage, whatever suites declare. */
  readonly skipCoverage?: boolean
  /** Told at the start of the run, a sentence each. */
  readonly warnings?: readonly string[]
}

export interface OwnerProcess {
  readonly pid: number
  /** Tells a reused pid apart: start time in clock ticks since boot where /proc says it, else ''. */
  readonly startedAt: string
}

export interface TaskRequest {
  readonly task: string
  readonly suite: Suite
  readonly dependsOn: readonly string[]
  /** The declaration can't be used: the reason is the outcome. */
  readonly problem?: string
  /** Only the test cases that failed last time. */
  readonly failedOnly?: boolean
  /** What the declaration asks for in vain. */
  readonly warnings?: readonly string[]
  /** Workspace-relative, as Nx resolved them. */
  readonly outputs?: readonly string[]
}

/** A suite that Nx answered from its cache. */
export interface CacheHit {
  readonly task: string
  readonly suite: string
  readonly hash: string
}

/** A hit whose evidence can't be believed; it is run again. */
export interface RejectedHit {
  readonly request: TaskRequest
  readonly hash: string
  readonly reason: string
}

/** A client's first message. */
export type Greeting =
  /** The first one begins the run; what later ones say of it is not heard. `env` is the tests'. */
  | {
      readonly type: 'open'
      readonly v: number
      readonly config: CoordinatorConfig
      readonly env: Readonly<Record<string, string>>
    }
  /** Only where a run has begun. */
  | { readonly type: 'join'; readonly v: number }

export type ClientMessage =
  | Greeting
  /** Answers come for these tasks, also for those that were asked for (and answered) before. */
  | { readonly type: 'run'; readonly tasks: readonly TaskRequest[] }
  /** By suite name; `impacts` where an earlier run's inputs are known to compare with. */
  | {
      readonly type: 'hashes'
      readonly hashes: Readonly<Record<string, string>>
      readonly impacts: Readonly<Record<string, ChangeImpact>>
    }
  /** `now` kills without grace. */
  | { readonly type: 'stop'; readonly reason: string; readonly now: boolean }
  /** Nx is done: `executed` are the tasks that it says it ran, the others those that it answered itself. */
  | {
      readonly type: 'finish'
      readonly executed: readonly string[]
      readonly believed: readonly CacheHit[]
      readonly rejected: readonly RejectedHit[]
    }

export interface TaskAnswer {
  readonly task: string
  readonly status: 'success' | 'failure' | 'skipped'
  readonly terminalOutput: string
  /** Milliseconds since the epoch. */
  readonly startTime: number
  readonly endTime: number
  /** What the run has come to with this answer. */
  readonly soFar: RunTally
}

/** Of the suites that were answered in this run; those that Nx answers from its cache join at its end. */
export interface RunTally {
  readonly suites: { readonly passed: number; readonly failed: number; readonly skipped: number }
  readonly tests: Counts
}

export type ServerMessage =
  | { readonly type: 'answer'; readonly answer: TaskAnswer }
  | { readonly type: 'finished'; readonly result: FinishResult }
  /** The `finish` was meant for another run, no run has begun, or the versions differ. */
  | { readonly type: 'refused'; readonly reason: string }

export interface FinishResult {
  /** For people, to be printed as it is. */
  readonly summary: string
  /** Suites whose cached result was not believed and that didn't pass when run again. */
  readonly brokenHits: readonly string[]
  /** Suites that were run again and passed: their entries in Nx's cache want mending. */
  readonly healedHits: readonly { readonly suite: string; readonly hash: string }[]
}
