/** One verdict of one test: a suite or a test file, whatever the history is about. */
export interface TestVerdict {
  readonly test: string
  readonly failed: boolean
  /** Milliseconds, if it was measured. */
  readonly durationMs?: number
}

/** What one run of the product's tests said. A test that is in it twice counts as failed if one of both did. */
export type VerdictCycle = readonly TestVerdict[]
