import type { TestCase } from '@muster/model'

/** Where a reader puts test cases, in the order of the file. */
export interface CaseSink {
  push(testCase: TestCase): void
  /** How many it was given. */
  readonly length: number
}
