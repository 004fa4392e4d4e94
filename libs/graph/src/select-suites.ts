import { PRIORITIES, SUITE_KINDS, type Suite } from '@muster/model'
import { globToRegExp, isGlob } from './glob.ts'
import { closest } from './suggest.ts'
import type { SuiteGraph } from './suite-graph.ts'

export interface Selection {
  /** In the graph's order, each once. */
  readonly selected: readonly Suite[]
  /** Patterns that select nothing, with what was probably meant. */
  readonly unknown: readonly { readonly pattern: string; readonly suggestion?: string }[]
}

/**
 * Suites by name (`unit-core`), glob (`unit-*`), kind (`unit`, `kind:unit`) or priority (`priority:high`);
 * several patterns add up. A name wins over a kind of the same word. Without patterns nothing is selected.
 */
export function selectSuites(graph: SuiteGraph, patterns: readonly string[]): Selection {
  const selected = new Set<Suite>()
  const unknown: { pattern: string; suggestion?: string }[] = []
  for (const pattern of patterns) {
    const found = matches(graph, pattern)
    for (const suite of found) selected.add(suite)
    if (found.length > 0) continue
    const suggestion = closest(pattern, words(graph))
    unknown.push({ pattern, ...(suggestion !== undefined && { suggestion }) })
  }
  return { selected: graph.suites.filter((suite) => selected.has(suite)), unknown }
}

function matches({ suites }: SuiteGraph, pattern: string): readonly Suite[] {
  const named = suites.filter(({ id }) => id === pattern)
  if (named.length > 0) return named
  const [, field, word = ''] = /^(kind|priority):(.*)$/s.exec(pattern) ?? []
  if (field === 'priority') return suites.filter(({ priority }) => priority === word)
  if (field === 'kind') return suites.filter(({ kind }) => kind === word)
  const kin = suites.filter(({ kind }) => kind === pattern)
  if (kin.length > 0 || !isGlob(pattern)) return kin
  const glob = globToRegExp(pattern)
  return suites.filter(({ id }) => glob.test(id))
}

const words = ({ suites }: SuiteGraph): string[] => [
  ...suites.map(({ id }) => id),
  ...SUITE_KINDS,
  ...SUITE_KINDS.map((kind) => `kind:${kind}`),
  ...PRIORITIES.map((priority) => `priority:${priority}`),
]
