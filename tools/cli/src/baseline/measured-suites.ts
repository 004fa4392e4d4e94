import { formatDiagnostic, loadSuites, selectSuites } from '@muster/graph'
import type { Measure, Suite } from '@muster/model'
import { sayUnknown } from '../run/choose-suites.ts'

export type MeasuredSuite = Suite & { readonly measure: Measure }

export interface ChosenMeasured {
  readonly suites: readonly MeasuredSuite[]
  /** How many patterns matched no suite, or none that measures, and how many declarations are broken; each was said. */
  readonly unknown: number
}

/** The suites that measure, of those that were asked for by name, kind or glob; all of them without patterns. */
export async function measuredSuites(root: string, patterns: readonly string[]): Promise<ChosenMeasured> {
  const { graph, parsed, diagnostics } = await loadSuites(root)
  for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic))
  const { selected, unknown } =
    patterns.length === 0 ? { selected: graph.suites, unknown: [] } : selectSuites(graph, patterns)
  sayUnknown(unknown)
  // One that can't be read is not in the graph, and might measure.
  const broken = parsed.filter(
    ({ suite, kind = 'performance' }) =>
      patterns.length === 0 && suite === undefined && kind === 'performance',
  )
  const suites = selected.filter(measures)
  const lost = unknown.length + broken.length
  if (suites.length > 0) return { suites, unknown: lost }
  console.error(
    `muster: ${patterns.length > 0 ? 'none of these suites' : 'no suite'} measures. Those of kind "performance" do, and those with "measure" in their suite.json.`,
  )
  return { suites, unknown: lost + Math.min(1, patterns.length) }
}

/** Those of the suites that a checkout declares as well, as it declares them: there they may be elsewhere. */
export async function sameSuitesIn(
  root: string,
  suites: readonly MeasuredSuite[],
): Promise<readonly MeasuredSuite[]> {
  const { graph } = await loadSuites(root)
  return suites.flatMap(({ id }) => graph.get(id) ?? []).filter(measures)
}

const measures = (suite: Suite): suite is MeasuredSuite => suite.measure !== undefined
