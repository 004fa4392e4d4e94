import path from 'node:path'
import { formatDiagnostic, loadSuites, selectSuites, type Selection } from '@muster/graph'

export interface ChosenSuites {
  /** Workspace-relative folders, one a suite. */
  readonly folders: readonly string[]
  /** How many patterns matched nothing; each was said. */
  readonly unknown: number
}

/** What was asked for by name, kind or glob; what doesn't exist is said with a suggestion. */
export async function chooseSuites(root: string, patterns: readonly string[]): Promise<ChosenSuites> {
  const { graph, parsed, diagnostics } = await loadSuites(root)
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

export function sayUnknown(unknown: Selection['unknown']): void {
  for (const { pattern, suggestion } of unknown) {
    const hint = suggestion === undefined ? '.' : `; did you mean "${suggestion}"?`
    console.error(`muster: no suite matches "${pattern}"${hint} It is skipped.`)
  }
}
