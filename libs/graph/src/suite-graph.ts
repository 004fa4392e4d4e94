import type { Suite, SuiteId } from '@muster/model'
import { criticalPath, type CriticalPath } from './critical-path.ts'
import type { Edges } from './edges.ts'
import { phasesOf } from './phases.ts'

/** The suites and what each waits for. Immutable; its edges have no cycle. All lists are sorted by name. */
export class SuiteGraph {
  readonly suites: readonly Suite[]
  readonly #byId: ReadonlyMap<SuiteId, Suite>
  readonly #dependencies: Edges
  readonly #dependents: Edges

  /** @param dependencies for each suite those it waits for; must be free of cycles */
  constructor(suites: readonly Suite[], dependencies: Edges) {
    this.suites = suites.toSorted(byId)
    this.#byId = new Map(this.suites.map((suite) => [suite.id, suite]))
    this.#dependencies = new Map(this.suites.map(({ id }) => [id, (dependencies.get(id) ?? []).toSorted()]))
    this.#dependents = reverse(this.#dependencies)
  }

  get(id: SuiteId): Suite | undefined {
    return this.#byId.get(id)
  }

  /** What the suite waits for itself. Empty for a suite that isn't in the graph. */
  dependenciesOf(id: SuiteId): readonly SuiteId[] {
    return this.#dependencies.get(id) ?? []
  }

  /** Who waits for the suite itself. */
  dependentsOf(id: SuiteId): readonly SuiteId[] {
    return this.#dependents.get(id) ?? []
  }

  /** Everything that must pass before the suite starts. */
  allDependenciesOf(id: SuiteId): readonly SuiteId[] {
    return reachable(this.#dependencies, id)
  }

  /** Everything that the suite's failure holds back. */
  allDependentsOf(id: SuiteId): readonly SuiteId[] {
    return reachable(this.#dependents, id)
  }

  /** Topological levels: a suite is in the first phase that comes after all of its dependencies. */
  get phases(): readonly (readonly SuiteId[])[] {
    return phasesOf(this.#dependencies)
  }

  /** The chain that no number of workers makes shorter. @param durationOf milliseconds */
  criticalPath(durationOf: (id: SuiteId) => number): CriticalPath {
    return criticalPath(this.#dependencies, durationOf)
  }
}

const byId = (a: Suite, b: Suite): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

function reverse(edges: Edges): Edges {
  const reversed = new Map<SuiteId, SuiteId[]>([...edges.keys()].map((id) => [id, []]))
  for (const [id, targets] of edges) for (const target of targets) reversed.get(target)?.push(id)
  return reversed
}

function reachable(edges: Edges, from: SuiteId): readonly SuiteId[] {
  const seen = new Set<SuiteId>()
  const open = [...(edges.get(from) ?? [])]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...(edges.get(id) ?? []))
  }
  return [...seen].toSorted()
}
