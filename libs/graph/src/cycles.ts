/** Adjacency by node; targets that are no key are ignored. */
export type Adjacency<Node> = ReadonlyMap<Node, readonly Node[]>

/**
 * The cycles that stand in the way: for every node that is on a cycle, a shortest one through it, each cycle
 * once. Shortest first, then by names; every cycle begins with its smallest node and doesn't repeat it at the end.
 */
export function shortestCycles<Node extends string>(edges: Adjacency<Node>): Node[][] {
  const cycles = new Map<string, Node[]>()
  const within = onCycles(edges)
  for (const node of [...within].toSorted()) {
    const cycle = shortestCycleThrough(node, edges, within)
    if (!cycle) continue
    const rotated = rotate(cycle)
    cycles.set(JSON.stringify(rotated), rotated)
  }
  return [...cycles.values()].toSorted(
    (a, b) => a.length - b.length || (a.join('\0') < b.join('\0') ? -1 : 1),
  )
}

/** Peels off, from both ends, what can't be on a cycle: a node without a way in or without a way out. */
function onCycles<Node>(edges: Adjacency<Node>): Set<Node> {
  const rest = new Set(edges.keys())
  for (let before = -1; before !== rest.size;) {
    before = rest.size
    const entered = new Set<Node>()
    for (const node of rest) for (const target of edges.get(node) ?? []) entered.add(target)
    for (const node of rest) {
      const leaves = (edges.get(node) ?? []).some((target) => rest.has(target))
      if (!leaves || !entered.has(node)) rest.delete(node)
    }
  }
  return rest
}

function shortestCycleThrough<Node>(
  start: Node,
  edges: Adjacency<Node>,
  within: ReadonlySet<Node>,
): Node[] | undefined {
  const cameFrom = new Map<Node, Node>()
  let frontier = [start]
  while (frontier.length > 0) {
    const next: Node[] = []
    for (const node of frontier) {
      for (const target of edges.get(node) ?? []) {
        if (target === start) return trace(node, start, cameFrom)
        if (!within.has(target) || cameFrom.has(target)) continue
        cameFrom.set(target, node)
        next.push(target)
      }
    }
    frontier = next
  }
  return undefined
}

function trace<Node>(last: Node, start: Node, cameFrom: ReadonlyMap<Node, Node>): Node[] {
  const path = [last]
  for (let node = last; node !== start;) {
    const before = cameFrom.get(node)
    if (before === undefined) break
    path.unshift(before)
    node = before
  }
  return path
}

function rotate<Node extends string>(cycle: readonly Node[]): Node[] {
  let smallest = 0
  for (const [index, node] of cycle.entries()) if (node < (cycle[smallest] ?? node)) smallest = index
  return [...cycle.slice(smallest), ...cycle.slice(0, smallest)]
}
