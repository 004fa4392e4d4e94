import type { SuiteId } from '@muster/model'
import type { Edges } from './edges.ts'

/** Topological levels of edges without a cycle; each level sorted by name. */
export function phasesOf(dependencies: Edges): readonly (readonly SuiteId[])[] {
  const phases: SuiteId[][] = []
  const placed = new Set<SuiteId>()
  let open = [...dependencies.keys()].toSorted()
  while (open.length > 0) {
    const ready = open.filter((id) => (dependencies.get(id) ?? []).every((each) => placed.has(each)))
    if (ready.length === 0) throw new Error(`bug: a cycle among ${open.join(', ')}`)
    for (const id of ready) placed.add(id)
    open = open.filter((id) => !placed.has(id))
    phases.push(ready)
  }
  return phases
}
