import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunRecord } from '@muster/model'
import { NO_ATTACHMENTS, storeAttachments, type FindAttachment } from '../attachments/attachment-store.ts'
import type { ReadOutput } from '../html/attempt-outputs.ts'
import { loadTemplates } from './load-templates.ts'
import { reportProblem, type ReportProblem } from './report-problem.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

export interface WriteReportsOptions {
  /** Absolute; the files go to `latest/` below it. */
  readonly dir: string
  /** The text of a captured stream; undefined when it is no longer there. */
  readonly readOutput: ReadOutput
  /** Where the copy of an attachment lies; absent: none is shown. */
  readonly findAttachment?: FindAttachment
  /** Absolute folder of a team's own templates. */
  readonly templates?: string
}

const SARIF_FILE = 'security.sarif'

export interface ReportOutcome {
  /** Absolute paths, in the order written. */
  readonly written: readonly string[]
  readonly problems: readonly ReportProblem[]
}

/**
 * Writes `latest/{run.json, ctrf.json, junit.xml, summary.md, index.html}`, and `security.sarif` for a run with suites
 * of kind security. One file that can't be written doesn't
 * keep the others from being; whatever goes wrong is in `problems`. Never rejects.
 */
export async function writeReports(record: RunRecord, options: WriteReportsOptions): Promise<ReportOutcome> {
  const folder = join(options.dir, 'latest')
  const written: string[] = []
  const problems: ReportProblem[] = []
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    return { written, problems: [reportProblem(folder, error)] }
  }
  const { findAttachment } = options
  const attachments = findAttachment ? await storeAttachments(record, folder, findAttachment) : NO_ATTACHMENTS
  const templates = loadTemplates(options.templates)
  const hasSecurity = record.suites.some(({ kind }) => kind === 'security')
  const renderers: Readonly<Record<string, () => Promise<string>>> = {
    'run.json': async () => (await import('../json/stable-json.ts')).stableJson(record),
    'ctrf.json': async () =>
      (await import('@muster/results')).writeCtrf(record, (each) => attachments.pathOf(each)),
    'junit.xml': async () => (await import('@muster/results')).writeJUnit(record),
    ...(hasSecurity && {
      [SARIF_FILE]: async () => (await import('@muster/results')).writeSarif(record),
    }),
    'summary.md': async () =>
      (await import('../markdown/render-markdown.ts')).renderMarkdown(record, await templates),
    'index.html': async () =>
      (await import('../html/render-html.ts')).renderHtml(
        record,
        await templates,
        options.readOutput,
        attachments,
      ),
  }
  // That of an earlier run would be uploaded as this one's.
  if (!hasSecurity) await rm(join(folder, SARIF_FILE), { force: true }).catch(() => undefined)
  for (const [name, render] of Object.entries(renderers)) {
    const file = join(folder, name)
    try {
      // One at a time: a large record's files together could take all memory.
      await writeFileAtomically(file, await render())
      written.push(file)
    } catch (error) {
      problems.push(reportProblem(file, error))
    }
  }
  const { problems: unusable } = await templates.catch(() => ({ problems: [] }))
  return { written, problems: [...unusable, ...problems] }
}
