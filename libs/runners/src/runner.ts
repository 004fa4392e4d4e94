import type { ResultSource, Result, Suite, TestCase, UnitPart } from '@muster/model'

/** What a runner may look at while it prepares a unit. */
export interface RunnerContext {
  /** Absolute workspace root. */
  readonly root: string
  /** Absolute folder for derived files that may be deleted at any time (`.muster/cache`). */
  readonly cacheDir: string
  /** The environment that the unit will see. */
  readonly env: Readonly<Record<string, string | undefined>>
  /**
   * Absolute; set when the unit's code coverage is wanted. The unit leaves there what the tool writes, in any
   * format that `@muster/coverage` reads, under any names. The folder is there and empty.
   */
  readonly coverageDir?: string
}

/** Why a suite can't even be started. Never a failed test. */
export type PrepareProblem =
  | { readonly type: 'environment'; readonly message: string; readonly fix: string }
  /** The globs match no file. */
  | { readonly type: 'no-files'; readonly message: string }

/**
 * Port: one implementation a folder. `prepare` is called in the coordinator and must be cheap;
 * the work happens in the program it returns, on a worker.
 */
export interface Runner {
  readonly name: string
  /** The version that decides verdicts (part of the task's hash, shown by doctor). */
  version(suite: Suite, context: RunnerContext): Promise<Result<string, PrepareProblem>>
  /** The suite's test files in running order, workspace-relative. Absent: this runner's suites can't be split. */
  files?(suite: Suite, context: RunnerContext): Promise<Result<readonly string[], PrepareProblem>>
  /** @param part absent: the whole suite. A runner that can't run parts runs the whole suite and says so in a note. */
  prepare(suite: Suite, context: RunnerContext, part?: UnitPart): Promise<Result<UnitProgram, PrepareProblem>>
}

/** Something a worker can run. Plain JSON: it crosses process boundaries. */
export type UnitProgram = InProcessProgram | CommandProgram

interface ProgramBase {
  /** Absolute. */
  readonly cwd: string
  /** A command that repeats the unit by hand, typed at the workspace root. */
  readonly reproduce: string
  /** What the user should know before the unit runs, such as an option that is ignored. */
  readonly notes?: readonly string[]
}

/** Runs inside a warm worker: a fresh thread, a fresh process or a reused process. */
export interface InProcessProgram extends ProgramBase {
  readonly type: 'in-process'
  /** Absolute path of an ES module that exports `runUnit: RunUnit`. */
  readonly entry: string
  /** Passed to `runUnit`; plain JSON. */
  readonly input: unknown
  /**
   * Passed instead when only a pass of the attempt is believed: it may end with the first failure. Absent: there is
   * no such short cut.
   */
  readonly scoutInput?: unknown
  /** Options of the node process itself (`--import tsx`, `--conditions=x`), in order. */
  readonly nodeOptions: readonly string[]
  /** The tests run in processes that the program starts: it is given a process, whatever the suite's isolation. */
  readonly ownProcess?: true
}

export interface CommandProgram extends ProgramBase {
  readonly type: 'command'
  /** For the shell. */
  readonly command: string
  readonly results: ResultSource
}

/**
 * Runs one unit to its end and resolves after `end` was emitted. Must not call process.exit.
 * `emit` is synchronous and reaches the coordinator even if the process dies right after.
 */
export type RunUnit = (input: unknown, emit: (message: UnitMessage) => void) => Promise<void>

export type UnitMessage =
  | { readonly type: 'case'; readonly case: TestCase }
  | EndMessage
  /** The runner couldn't run the tests at all (a file that doesn't load, a bad option). */
  | {
      readonly type: 'error'
      readonly message: string
      readonly stack?: string
      readonly environment?: boolean
    }

/** The runner's own closing words; only with this message is a result trustworthy. */
export interface EndMessage {
  readonly type: 'end'
  readonly counts: RunnerCounts
  /**
   * Why this suite must not be split by file, for people. Found in what the unit loaded and ran: a part may not
   * know what another part has found.
   */
  readonly whole?: string
  /**
   * Milliseconds by workspace-relative test file: its loading, hooks and tests. What files share (a helper, a
   * library) is loaded once, for the file that comes first; each part of a split suite pays for it again. Absent
   * for a suite of one file.
   */
  readonly fileMs?: Readonly<Record<string, number>>
  /** Which of the part's cases are gone, for people. Absent when all were found. */
  readonly missing?: string
}

/** As the runner counts: mocha's `failures` includes failing hooks. */
export interface RunnerCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}
