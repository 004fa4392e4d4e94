import type { TestCase } from '@muster/model'
import { CaseTally, type CaseTotals } from './case-tally.ts'
import { decodeText, type ResultInput } from './decode-text.ts'
import { type Declared, warnOfDisagreement } from './declared.ts'
import type { FormatReader, ReaderOptions } from './format-reader.ts'
import type { ResultFormat } from '@muster/model'
import { FORMATS } from './formats.ts'
import { type ReadWarning, WarningList } from './warning-list.ts'

export interface ReadOptions extends ReaderOptions {
  /** The report's own name, for warnings. */
  readonly file?: string
}

export interface ReadSummary {
  readonly totals: CaseTotals
  /** The file's own totals, when it states any. */
  readonly declared?: Declared
  readonly warnings: readonly ReadWarning[]
  /**
   * The producer finished the file and all it announced could be read. False for a truncated, malformed
   * or refused file: the cases are then what could be kept, and no verdict should rest on them.
   */
  readonly complete: boolean
}

const loaded = new Map<ResultFormat, Promise<FormatReader>>()

/** An import that is done already still costs a resolution, which is more than a small file takes. */
function readerOf(format: ResultFormat): Promise<FormatReader> {
  const reader = loaded.get(format) ?? FORMATS[format].reader()
  loaded.set(format, reader)
  return reader
}

/**
 * Reads a result file or stream to its end and hands each test case on, in the order of the file. Never
 * rejects for what the input holds or for an input that fails: those are warnings, and `complete` is false.
 * Memory is bounded whatever the length of the input (see limits.ts), except that a format which tells only
 * at its end what a case is called or how it ended (TRX, mocha's JSON) has its cases kept until then.
 */
export async function streamResults(
  format: ResultFormat,
  input: ResultInput,
  options: ReadOptions,
  onCase: (testCase: TestCase) => void,
): Promise<ReadSummary> {
  const warnings = new WarningList(options.file)
  let sourceFailed = false
  const chunks = decodeText(input, (error) => {
    sourceFailed = true
    warnings.add(`could not be read to its end: ${error instanceof Error ? error.message : String(error)}`)
  })
  const cases = new CaseTally(onCase, !FORMATS[format].countsSuites)
  const read = await readerOf(format)
  const end = await read({ chunks, cases, warnings, base: options })
  const complete = end.complete && !sourceFailed
  const totals = cases.totals(end.suites)
  if (end.declared && complete) warnOfDisagreement(end.declared, totals, warnings)
  return {
    totals,
    ...(end.declared && { declared: end.declared }),
    warnings: warnings.list(),
    complete,
  }
}
