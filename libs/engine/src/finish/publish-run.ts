import type { RunEvent, RunId, RunRecord } from '@muster/model'
import { readOutput } from '../journal/output-store.ts'
import { reportsDir } from '../journal/run-store.ts'
import { loadRecord } from '../run/load-record.ts'

export interface Published {
  readonly record: RunRecord
  /** For people; problems are said in it. */
  readonly summary: string
  /** Reports that could not be written, and why. */
  readonly problems: readonly string[]
}

/** From the journal to the reports; undefined when there is no such run. */
export async function publishRun(
  root: string,
  run: RunId,
  reports: boolean,
  unwritten: readonly RunEvent[] = [],
): Promise<Published | undefined> {
  const record = await loadRecord(root, run, unwritten)
  return record && publishRecord(root, run, record, reports)
}

/** Trouble with writing the reports is said, and changes no verdict. */
export async function publishRecord(
  root: string,
  run: RunId,
  record: RunRecord,
  reports: boolean,
): Promise<Published> {
  const { renderSummary, writeReports } = await import('@muster/report')
  const outputs = async (ref: Parameters<typeof readOutput>[2]) =>
    (await readOutput(root, run, ref))?.toString('utf8')
  const outcome = reports
    ? await writeReports(record, { dir: reportsDir(root), readOutput: outputs })
    : undefined
  const problems = (outcome?.problems ?? []).map(
    ({ file, cause, remedy }) => `${file} was not written: ${cause}. ${remedy}`,
  )
  const complete = outcome !== undefined && problems.length === 0
  const summary = renderSummary(record, { root, ...(!complete && { report: null }) })
  return { record, problems, summary: [...problems, summary].join('\n') }
}
