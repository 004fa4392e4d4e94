/** What runs of one test case (or suite) came to that tested the same, in the same environment. */
export interface ExecutionGroup {
  /** The same for the same case of the same suite. */
  readonly key: string
  readonly suite: string
  readonly caseName: string | null
  readonly file: string | null
  /** Of the task; the id of the suite's run when that isn't known. */
  readonly content: string
  readonly platform: string
  readonly node: string
  /** Runs in which it passed without a failure. */
  readonly clean: number
  /** Runs in which it passed after a failure. */
  readonly retried: number
  /** Runs in which it failed in the end. */
  readonly failed: number
  /** Of the suite as a whole: those of `retried` and `failed` that its cases can't explain, as it crashed or timed out. */
  readonly unexplained: number
  /** Start of the first and last run of `retried` and `failed`; null without any. */
  readonly firstAt: number | null
  readonly lastAt: number | null
}
