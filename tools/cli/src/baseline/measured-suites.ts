import { formatDiagnostic, loadSuites, selectSuites } from '@muster/graph'
import type { Measure, Suite } from '@muster/model'
import { sayUnknown } from '../run/choose-suites.ts'

export type MeasuredSuite = Suite & { readonly measure: Measure }

export interface ChosenMeasured {
  readonly suites: readonly MeasuredSuite[]
  /** How many patterns matched no suite, or none that measures; each was said. */
  readonly unknown: number
}

/** The suites that measure, of those that were asked for by name, kind or glob; all of them without patterns. */
export async function measuredSuites(root: string, patterns: readonly string[]): Promise<ChosenMeasured> {
  const { graph, diagnostics } = await loadSuites(root)
  for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic))
  const { selected, unknown } =
    patterns.length === 0 ? { selected: graph.suites, unknown: [] } : selectSuites(graph, patterns)
  sayUnknown(unknown)
  const suites = selected.filter((suite): suite is MeasuredSuite => suite.measure !== undefined)
  if (suites.length > 0) return { suites, unknown: unknown.length }
  console.error(
    'muster: no suite measures. Those of kind "performance" do, and those with "measure" in their suite.json.',
  )
  return { suites, unknown: unknown.length + Math.min(1, patterns.length) }
}
