import path from 'node:path'
import { lastRecords } from '@muster/engine'
import { formatDiagnostic, selectSuites, type Selection } from '@muster/graph'
import { loadWorkspaceSuites } from '@muster/nx/why'

export interface ChosenSuites {
  /** Workspace-relative folders, one a suite. */
  readonly folders: readonly string[]
  /** How many patterns matched nothing; each was said. */
  readonly unknown: number
}

/** What was asked for by name, kind or glob; what doesn't exist is said with a suggestion. */
export async function chooseSuites(root: string, patterns: readonly string[]): Promise<ChosenSuites> {
  const { graph, parsed, diagnostics } = await loadWorkspaceSuites(root)
  const { selected, unknown } = selectSuites(graph, patterns)
  for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic))
  // A suite whose declaration is broken is not in the graph, but asking for it by name must fail on it.
  const broken = parsed.filter(
    ({ suite, name }) => suite === undefined && name !== undefined && patterns.includes(name),
  )
  const missing = unknown.filter(({ pattern }) => !broken.some(({ name }) => name === pattern))
  sayUnknown(missing)
  const folders = [
    ...selected.map((suite) => suite.dir),
    ...broken.map(({ source }) => path.posix.dirname(source)),
  ]
  return { folders, unknown: missing.length }
}

/** Of these (or of all) the suites whose last run did not pass. Without any it says so. */
export async function chooseFailed(
  root: string,
  patterns: readonly string[] | undefined,
): Promise<ChosenSuites> {
  const { graph } = await loadWorkspaceSuites(root)
  const { selected, unknown } =
    patterns === undefined ? { selected: graph.suites, unknown: [] } : selectSuites(graph, patterns)
  sayUnknown(unknown)
  const records = await lastRecords(
    root,
    selected.map(({ id }) => id),
  )
  const failed = selected.filter(({ id }) => {
    const last = records.get(id)
    return last !== undefined && last.record.status !== 'passed'
  })
  if (failed.length === 0) console.error('muster: nothing failed when it ran last; nothing to run again.')
  return { folders: failed.map(({ dir }) => dir), unknown: unknown.length }
}

export function sayUnknown(unknown: Selection['unknown']): void {
  for (const { pattern, suggestion } of unknown) {
    const hint = suggestion === undefined ? '.' : `; did you mean "${suggestion}"?`
    console.error(`muster: no suite matches "${pattern}"${hint} It is skipped.`)
  }
}
