/** The parts of jest's reporter interface that are used; 28 to 30 agree about them but where it is said. */
export interface JestReporterConfig {
  /** Stops after so many failed test files; 0 never. */
  readonly bail: number
  /** One for each project of the run. */
  readonly projects: readonly unknown[]
  readonly collectTests?: boolean
}

/** A test file in a project. */
export interface JestFile {
  /** Absolute. */
  readonly path: string
  readonly context: { readonly config: JestProjectConfig }
}

export interface JestProjectConfig {
  readonly rootDir: string
  readonly displayName?: { readonly name: string }
}

export interface JestCase {
  readonly ancestorTitles: readonly string[]
  readonly title: string
  readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled' | 'focused'
  /** Milliseconds. */
  readonly duration?: number | null
  /** Executions until then; more than 1 with `retryTimes`. */
  readonly invocations?: number
  /** Stacks, each beginning with the message. */
  readonly failureMessages: readonly string[]
  /** What was thrown, one for each of the messages; may have come through JSON. */
  readonly failureDetails: readonly unknown[]
}

export interface JestFileResult {
  readonly testResults: readonly JestCase[]
  /** For people; it repeats the failures of the file's tests. */
  readonly failureMessage?: string | null
  /** The file didn't load, its process died, or a hook failed after tests. */
  readonly testExecError?: unknown
  /** Milliseconds since the epoch; 0 when the file didn't load. The second is new in 30. */
  readonly perfStats: {
    readonly start: number
    readonly end: number
    readonly loadTestEnvironmentStart?: number
  }
}

export interface JestResults {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly wasInterrupted: boolean
  readonly snapshot: {
    /** Snapshots are left that no test asks for, which makes jest fail. */
    readonly failure: boolean
    readonly uncheckedKeysByFile: readonly { readonly filePath: string; readonly keys: readonly string[] }[]
    /** Absolute paths of snapshot files without a test file. */
    readonly filesRemovedList?: readonly string[]
  }
  /** Set when the scheduler itself broke. */
  readonly runExecError?: unknown
}
