import type { TestCase } from '@muster/model'
import { decodeText, type ResultInput } from './decode-text.ts'
import { type Declared, warnOfDisagreement } from './declared.ts'
import type { ResultFormat } from './detect-format.ts'
import type { FormatReader } from './format-reader.ts'
import { type ReadWarning, WarningList } from './warning-list.ts'
import type { PathBase } from './workspace-path.ts'

export interface ReadOptions extends PathBase {
  /** The report's own name, for warnings. */
  readonly file?: string
}

export interface ReadResults {
  /** In the order of the file. */
  readonly cases: readonly TestCase[]
  /** The file's own totals, when it states any. */
  readonly declared?: Declared
  readonly warnings: readonly ReadWarning[]
  /**
   * The producer finished the file and all it announced could be read. False for a truncated, malformed
   * or refused file: `cases` is then what could be kept, and no verdict should rest on it.
   */
  readonly complete: boolean
}

/** Loaded when needed: the parsers cost some 100 ms to import, and whoever only writes needs none of them. */
const READERS: Readonly<Record<ResultFormat, () => Promise<FormatReader>>> = {
  junit: async () => (await import('./junit/read-junit.ts')).readJUnit,
  tap: async () => (await import('./tap/read-tap.ts')).readTap,
  ctrf: async () => (await import('./ctrf/read-ctrf.ts')).readCtrf,
}

/**
 * Reads a result file or stream to its end. Never rejects for what the input holds or for an input that
 * fails: those are warnings, and `complete` is false. Beside the cases themselves, memory stays bounded
 * whatever the length of the input (see limits.ts).
 */
export async function readResults(
  format: ResultFormat,
  input: ResultInput,
  options: ReadOptions = {},
): Promise<ReadResults> {
  const warnings = new WarningList(options.file)
  let sourceFailed = false
  const chunks = decodeText(input, (error) => {
    sourceFailed = true
    warnings.add(`could not be read to its end: ${error instanceof Error ? error.message : String(error)}`)
  })
  const cases: TestCase[] = []
  const end = await (await READERS[format]())({ chunks, cases, warnings, base: options })
  const complete = end.complete && !sourceFailed
  if (end.declared && complete) warnOfDisagreement(end.declared, cases, warnings)
  return {
    cases,
    ...(end.declared && { declared: end.declared }),
    warnings: warnings.list(),
    complete,
  }
}
