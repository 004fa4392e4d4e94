import type { CoverageRecord, ProjectFolder, RunEvent, RunId, RunRecord } from '@muster/model'
import type { Coverage } from '@muster/coverage'
import { readOutput } from '../journal/output-store.ts'
import { loadRecord } from '../run/load-record.ts'

export interface RunCoverage {
  readonly coverage: Coverage
  readonly projects: readonly ProjectFolder[]
  readonly record: CoverageRecord
  /** Suites whose coverage can't be read any more, with the reason. */
  readonly lost: readonly { readonly suite: string; readonly reason: string }[]
}

/** What the suites of a run cover together; undefined when none of them collects coverage. */
export async function loadRunCoverage(root: string, record: RunRecord): Promise<RunCoverage | undefined> {
  const suites = record.suites.flatMap(({ name, coverage }) => (coverage ? [{ name, ...coverage }] : []))
  if (suites.length === 0) return undefined
  const { coverageRecord, decodeCoverage, mergeCoverage } = await import('@muster/coverage')
  const parts: Coverage[] = []
  const lost: { suite: string; reason: string }[] = []
  for (const { name, data } of suites) {
    const bytes = await readOutput(root, record.runId as RunId, data)
    const read = bytes && decodeCoverage(bytes)
    if (read?.ok) parts.push(read.value)
    else lost.push({ suite: name, reason: read?.error ?? 'it is gone' })
  }
  const folders = new Map(suites.flatMap(({ projects }) => projects.map((each) => [each.root, each])))
  const projects = [...folders.values()]
  const coverage = mergeCoverage(parts)
  return { coverage, projects, record: coverageRecord(coverage, projects), lost }
}

/** @param unwritten what the journal lacks because the disk refused it */
export async function mergeCoverageOf(
  root: string,
  run: RunId,
  unwritten: readonly RunEvent[],
): Promise<CoverageRecord | undefined> {
  const record = await loadRecord(root, run, unwritten)
  return record && (await loadRunCoverage(root, record))?.record
}
