import type { RunEvent, RunId, RunRecord } from '@muster/model'
import { findOutput, readOutput } from '../journal/output-store.ts'
import { coverageReportDir, reportsDir } from '../journal/run-store.ts'
import { loadRunCoverage } from './merge-run-coverage.ts'
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
    ? await writeReports(record, {
        dir: reportsDir(root),
        readOutput: outputs,
        findAttachment: ({ runId, sha256 }) => findOutput(root, runId, sha256),
      })
    : undefined
  const problems = (outcome?.problems ?? []).map(
    ({ file, cause, remedy }) => `${file} was not written: ${cause}. ${remedy}`,
  )
  if (reports && record.coverage) problems.push(...(await publishCoverage(root, record)))
  const complete = outcome !== undefined && problems.length === 0
  const summary = renderSummary(record, { root, ...(!complete && { report: null }) })
  return { record, problems, summary: [...problems, summary].join('\n') }
}

/** @returns what could not be written, and why */
async function publishCoverage(root: string, record: RunRecord): Promise<string[]> {
  const run = await loadRunCoverage(root, record)
  if (!run) return []
  const { writeCoverageReports } = await import('@muster/coverage')
  const dir = coverageReportDir(root)
  try {
    await writeCoverageReports({ ...run, root, dir, title: `run ${record.runId}` })
    return run.lost.map(({ suite, reason }) => `the coverage of ${suite} is not in the report: ${reason}`)
  } catch (error) {
    return [`the coverage report was not written: ${(error as Error).message}`]
  }
}
