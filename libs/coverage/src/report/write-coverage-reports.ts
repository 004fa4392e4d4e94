import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { CoverageRecord, ProjectFolder } from '@muster/model'
import { byProject } from '../by-project.ts'
import type { DiffCoverage } from '../diff/diff-coverage.ts'
import type { Coverage } from '../structure.ts'
import { exchangeFormats } from './exchange-formats.ts'
import { renderPage } from './render-page.ts'

export interface CoverageReportOrder {
  /** Absolute workspace root, where the sources are. */
  readonly root: string
  readonly coverage: Coverage
  readonly projects: readonly ProjectFolder[]
  readonly record: CoverageRecord
  /** What the page is about, such as a run id. */
  readonly title: string
  readonly diff?: DiffCoverage & { readonly revision: string }
  /** Absolute. */
  readonly dir: string
}

/** Beyond this, a page is no pleasure: files then come without their text. */
const MAX_SOURCE_BYTES = 40 * 1024 * 1024

/** Writes `index.html`, `lcov.info`, `cobertura.xml` and `coverage-summary.json`, each whole by rename. Throws when the disk refuses. */
export async function writeCoverageReports(order: CoverageReportOrder): Promise<void> {
  const { root, coverage, dir } = order
  await mkdir(dir, { recursive: true })
  const sources = await readSources(root, [...coverage.keys()])
  const parts = byProject(coverage, order.projects)
  const files: Record<string, string> = {
    ...exchangeFormats(root, coverage),
    'index.html': renderPage({ ...order, parts, sources }),
  }
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(dir, `${name}.tmp`), text)
    await rename(path.join(dir, `${name}.tmp`), path.join(dir, name))
  }
}

async function readSources(root: string, paths: readonly string[]): Promise<Map<string, string>> {
  const sources = new Map<string, string>()
  let bytes = 0
  for (const each of paths) {
    const text = await readFile(path.join(root, each), 'utf8').catch(() => undefined)
    bytes += text?.length ?? 0
    if (bytes > MAX_SOURCE_BYTES) break
    if (text !== undefined) sources.set(each, text)
  }
  return sources
}
