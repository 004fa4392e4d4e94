/** What a reporter of `node --test` is told, as far as it is used here; fields that some version lacks are optional. */
export interface TestEvent {
  readonly type: string
  readonly data: EventData
}

export interface EventData {
  readonly nesting?: number
  readonly name?: string
  /** Absolute; where the test stands, which may be a helper. */
  readonly file?: string
  /** Absolute; the test file whose process it is (Node 24). */
  readonly entryFile?: string
  readonly line?: number
  readonly column?: number
  readonly message?: string
  readonly skip?: string | boolean
  readonly todo?: string | boolean
  readonly details?: {
    readonly duration_ms?: number
    readonly type?: string
    readonly error?: TestFailure
  }
}

/** Node's wrapper around what a test threw. */
export interface TestFailure {
  readonly message: string
  readonly failureType?: string
  readonly cause?: unknown
  /** Of a file's process. */
  readonly exitCode?: number | null
  readonly signal?: string | null
}
