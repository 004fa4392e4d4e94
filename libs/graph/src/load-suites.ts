import { buildParsedGraph } from './build-suite-graph.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { ParsedSuite } from './parsed-suite.ts'
import { readSuites } from './read-suites.ts'
import type { SuiteGraph } from './suite-graph.ts'

/** Folders that hold copies and products, never declarations. */
const IGNORED = ['node_modules', 'dist', 'build', 'coverage', 'tmp', 'reports', '.git', '.nx', '.muster']

export interface LoadedSuites {
  /** Every suite that could be used. */
  readonly graph: SuiteGraph
  readonly parsed: readonly ParsedSuite[]
  /** Of the files and of the graph, in the order of files and lines. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The workspace-relative paths of all suite.json below `root`, sorted. */
export const findSuites = (root: string): Promise<string[]> => findDeclarations(root, '**/suite.json')

/** The same for other files that say what is to be tested. */
export async function findDeclarations(root: string, glob: string): Promise<string[]> {
  // The inference, which every nx command waits for, is told the files by Nx and needs no globbing.
  const { default: fastGlob } = await import('fast-glob')
  const found = await fastGlob(glob, {
    cwd: root,
    dot: true,
    followSymbolicLinks: false,
    ignore: IGNORED.map((folder) => `**/${folder}/**`),
    suppressErrors: true,
  })
  return found.toSorted()
}

/** Finds, reads and connects all suites. One broken file never hides another. @param root absolute */
export const loadSuites = async (root: string): Promise<LoadedSuites> =>
  connectSuites(await readSuites(root, await findSuites(root)))

export function connectSuites(parsed: readonly ParsedSuite[]): LoadedSuites {
  const built = buildParsedGraph(parsed)
  const diagnostics = [...parsed.flatMap((each) => each.diagnostics), ...built.diagnostics]
  return { graph: built.graph, parsed, diagnostics: diagnostics.toSorted(byPlace) }
}

const byPlace = (a: Diagnostic, b: Diagnostic): number => {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1
  return a.line - b.line || a.column - b.column
}
