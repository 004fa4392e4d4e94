/** The parts of Playwright's reporter interface that are used. */
export interface PlaywrightConfig {
  readonly rootDir: string
  readonly projects: readonly PlaywrightProject[]
  /** 0: no limit. */
  readonly maxFailures: number
  readonly shard: unknown
  /** Null when there is none; one of several when there are several. */
  readonly webServer: unknown
  readonly failOnFlakyTests?: boolean
}

export interface PlaywrightProject {
  readonly name: string
  readonly outputDir: string
  readonly dependencies: readonly string[]
  readonly teardown?: string
}

export interface PlaywrightSuite {
  readonly type: 'root' | 'project' | 'file' | 'describe'
  readonly parent?: PlaywrightSuite
  readonly location?: { readonly file: string }
  project(): PlaywrightProject | undefined
  allTests(): PlaywrightTest[]
  /** Not documented; `serial` groups repeat all of their tests when one is retried. */
  readonly _parallelMode?: string
}

export interface PlaywrightTest {
  readonly id: string
  readonly title: string
  readonly parent: PlaywrightSuite
  readonly annotations: readonly { readonly type: string; readonly description?: string }[]
  readonly expectedStatus: PlaywrightStatus
  readonly retries: number
  /** Of all executions, in order. */
  readonly results: readonly PlaywrightResult[]
  readonly location: { readonly file: string }
  outcome(): 'skipped' | 'expected' | 'unexpected' | 'flaky'
  /** Root, project, file, groups, title. */
  titlePath(): string[]
}

export type PlaywrightStatus = 'passed' | 'failed' | 'timedOut' | 'skipped' | 'interrupted'

export interface PlaywrightResult {
  readonly status: PlaywrightStatus
  /** Milliseconds. */
  readonly duration: number
  /** 0 for the first execution. */
  readonly retry: number
  readonly errors: readonly PlaywrightError[]
  readonly stdout: readonly (string | Uint8Array)[]
  readonly stderr: readonly (string | Uint8Array)[]
  readonly attachments: readonly PlaywrightAttachment[]
}

export interface PlaywrightError {
  readonly message?: string
  readonly stack?: string
  /** What was thrown when it was no error. */
  readonly value?: string
  readonly location?: { readonly file: string; readonly line: number }
}

export interface PlaywrightAttachment {
  readonly name: string
  readonly contentType: string
  readonly path?: string
  readonly body?: Uint8Array
}
