/** The environment variable that names the file into which a tool's reporter writes its messages, one a line. */
export const FEED = 'MUSTER_FEED'

/** Ends the name of the file beside it that says what the reporter is told. */
export const TOLD = '.told.json'

/** What `tool-entry` is asked to run. */
export interface ToolInput {
  /** As people call it, for messages: `vitest`. */
  readonly name: string
  /** The program and its arguments; no shell reads them. */
  readonly argv: readonly [string, ...string[]]
  /** Absolute. */
  readonly cwd: string
  /** Added to the unit's environment. */
  readonly env?: Readonly<Record<string, string>>
  /** What a reporter inside the tool is told (`connectFeed`); plain JSON. */
  readonly reporter?: unknown
  /**
   * A module that reads what the tool prints. Absent: a reporter inside the tool writes `UnitMessage`s as lines of
   * JSON to the file of `MUSTER_FEED`.
   */
  readonly reader?: {
    /** Absolute path of an ES module that exports `createReader: CreateReader`. */
    readonly module: string
    /** Passed to `createReader`; plain JSON. */
    readonly input: unknown
    /** Stdout and stderr come as one, in the order in which they were written (on Windows: nearly so). */
    readonly merged?: true
  }
}
