import type { TestCase } from '@muster/model'
import type { ResultInput } from './decode-text.ts'
import type { ResultFormat } from '@muster/model'
import { type ReadOptions, type ReadSummary, streamResults } from './stream-results.ts'

export interface ReadResults extends ReadSummary {
  /** In the order of the file. */
  readonly cases: readonly TestCase[]
}

/** `streamResults` for who wants the cases together. */
export async function readResults(
  format: ResultFormat,
  input: ResultInput,
  options: ReadOptions = {},
): Promise<ReadResults> {
  const cases: TestCase[] = []
  const summary = await streamResults(format, input, options, (testCase) => cases.push(testCase))
  return { cases, ...summary }
}
