import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { MUSTER_VERSION } from '@muster/engine/client'
import type { TestCase } from '@muster/model'
import { reportRecord, writeCtrf, writeJUnit, writeMarkdown, writeSarif } from '@muster/results'
import type { OutputFormat } from './output-format.ts'

const WRITERS = { junit: writeJUnit, ctrf: writeCtrf, markdown: writeMarkdown, sarif: writeSarif }

export interface ReportOf {
  readonly command: string
  readonly cases: readonly TestCase[]
  readonly complete: boolean
  /** When the newest of the reports was written; milliseconds since the epoch. */
  readonly at: number
}

/** Writes one report; resolves to what went wrong, if anything did. */
export async function writeReport(
  file: string,
  format: OutputFormat,
  { cases, ...facts }: ReportOf,
): Promise<string | undefined> {
  // Only findings of security suites are SARIF's business: who asks for SARIF says that this report is one.
  const kind = format === 'sarif' ? 'security' : 'unit'
  const text = WRITERS[format](reportRecord(cases, { ...facts, kind, muster: MUSTER_VERSION }))
  try {
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, text)
  } catch (error) {
    return `${file}: can't be written (${(error as Error).message})`
  }
  return undefined
}
