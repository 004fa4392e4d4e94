import type { Suite, SuiteId } from '@muster/model'
import { shortestCycles } from './cycles.ts'
import { formatLocation, type Diagnostic, type Location } from './diagnostic.ts'
import type { ParsedSuite, SuitePositions } from './parsed-suite.ts'
import { resolveSelectors, type Resolved } from './resolve-selectors.ts'
import { SuiteGraph } from './suite-graph.ts'

export interface BuildOptions {
  /** By the suites' `source`; without them diagnostics point at the beginning of the file. */
  readonly positions?: ReadonlyMap<string, SuitePositions>
  /** Names of declared suites that could not be used. */
  readonly broken?: ReadonlySet<string>
}

export interface BuiltGraph {
  /** Without the edges of cycles and to unknown suites; of suites with the same name it holds the first. */
  readonly graph: SuiteGraph
  readonly diagnostics: readonly Diagnostic[]
}

/** Suites as a graph. Duplicate names, unknown dependencies and cycles are errors of the suites they concern. */
export function buildSuiteGraph(suites: readonly Suite[], options: BuildOptions = {}): BuiltGraph {
  const diagnostics: Diagnostic[] = []
  const byName = new Map<SuiteId, Suite>()
  const positionsOf = ({ source }: Suite): SuitePositions | undefined => options.positions?.get(source)

  for (const suite of suites.toSorted((a, b) => (a.source < b.source ? -1 : 1))) {
    const first = byName.get(suite.id)
    if (!first) byName.set(suite.id, suite)
    else diagnostics.push(duplicate(suite, first, (each) => positionsOf(each)?.name ?? start(each)))
  }

  const broken = options.broken ?? new Set()
  const resolved = new Map<SuiteId, Resolved>()
  for (const suite of byName.values()) {
    const locate = (index: number): Location => positionsOf(suite)?.dependsOn[index] ?? start(suite)
    const result = resolveSelectors(suite, { suites: byName, broken }, locate)
    resolved.set(suite.id, result)
    diagnostics.push(...result.diagnostics)
  }

  const edges = new Map([...resolved].map(([id, each]) => [id, [...each.edges.keys()]]))
  const cycles = shortestCycles(edges)
  diagnostics.push(...cycles.map((cycle) => cyclic(cycle, resolved)))
  const cut = new Set(cycles.flat())
  const sound = new Map(
    [...edges].map(([id, targets]) => [id, cut.has(id) ? targets.filter((each) => !cut.has(each)) : targets]),
  )
  return { graph: new SuiteGraph([...byName.values()], sound), diagnostics }
}

/** The graph of parsed files, with positions; what could not be parsed still has a name others may use. */
export function buildParsedGraph(parsed: readonly ParsedSuite[]): BuiltGraph {
  return buildSuiteGraph(
    parsed.flatMap(({ suite }) => suite ?? []),
    {
      positions: new Map(parsed.flatMap(({ source, positions }) => (positions ? [[source, positions]] : []))),
      broken: new Set(parsed.flatMap(({ suite, name }) => (suite || name === undefined ? [] : [name]))),
    },
  )
}

const start = ({ source }: Suite): Location => ({ source, line: 1, column: 1 })

function duplicate(suite: Suite, first: Suite, locate: (suite: Suite) => Location): Diagnostic {
  const other = locate(first)
  return {
    severity: 'error',
    ...locate(suite),
    path: '$.name',
    message: `the name ${JSON.stringify(suite.id)} is already taken by ${formatLocation(other)}`,
    related: [other],
  }
}

/** `a → b → a (a.json:3:4 → b.json:5:6)`: the suites, and where each asks for the next. */
function cyclic(cycle: readonly SuiteId[], resolved: ReadonlyMap<SuiteId, Resolved>): Diagnostic {
  const hops = cycle.flatMap((id, index) => {
    const next = cycle[(index + 1) % cycle.length]
    return next === undefined ? [] : (resolved.get(id)?.edges.get(next) ?? [])
  })
  const [first] = hops
  if (!first) throw new Error(`bug: a cycle without edges: ${cycle.join(', ')}`)
  const names = [...cycle, cycle[0]].join(' → ')
  return {
    severity: 'error',
    ...first.at,
    path: `$.dependsOn[${first.index}]`,
    message: `suites wait for each other: ${names} (${hops.map(({ at }) => formatLocation(at)).join(' → ')})`,
    related: hops.slice(1).map(({ at }) => at),
  }
}
