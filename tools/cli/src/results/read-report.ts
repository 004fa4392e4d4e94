import { createReadStream } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import type { TestCase } from '@muster/model'
import { RESULT_FORMATS, type ResultFormat } from '@muster/model'
import { type ReadSummary, sniffInput, streamResults } from '@muster/results'

export type Report =
  | { readonly ok: true; readonly file: string; readonly format: ResultFormat; readonly summary: ReadSummary }
  /** Not readable, or in no format that is known; one line for people, which says what to do. */
  | { readonly ok: false; readonly file: string; readonly message: string }

/** By which the command that reads is told a format. */
export type FormatOption = '--format' | '--from'

/** Reads a file as a stream; its format is told by its content with `auto`. */
export async function readReport(
  file: string,
  format: ResultFormat | 'auto',
  onCase: (testCase: TestCase) => void,
  option: FormatOption = '--format',
): Promise<Report> {
  try {
    await access(file, constants.R_OK)
  } catch (error) {
    return { ok: false, file, message: `${file}: can't be read (${(error as Error).message})` }
  }
  const sniffed = await sniffInput(createReadStream(file))
  const known = format === 'auto' ? sniffed.format : format
  if (known === undefined) return { ok: false, file, message: `${file}: ${unknown(sniffed.empty, option)}` }
  const options = { file, root: process.cwd(), keepSuite: true }
  const summary = await streamResults(known, sniffed.input, options, onCase)
  return { ok: true, file, format: known, summary }
}

const unknown = (empty: boolean, option: FormatOption): string =>
  empty
    ? 'is empty, so it has no results and no format; was the test run cut off before it wrote them?'
    : `is in no result format that is known by its beginning; if you know it, say so with ${option} (one of ${RESULT_FORMATS.join(', ')})`
