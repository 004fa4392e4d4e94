import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What of V8's .cpuprofile is used here (Chrome DevTools protocol, Profiler.Profile). */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[]
  /** Ids of the node on top of the stack, one a sample. */
  readonly samples: readonly number[]
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[]
}

export interface ProfileNode {
  readonly id: number
  readonly callFrame: { readonly functionName: string; readonly url: string }
  readonly children?: readonly number[]
}

export interface CpuCost {
  /** A file of this repository and the function in it, or V8's name for work that nobody asked for. */
  readonly place: string
  readonly ms: number
}

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url))
const WAITING = '(idle)'

/**
 * Where the time went, largest first. What Node and V8 do in a call is charged to the function of this
 * repository that called them: `writeSync` tells nothing, who writes so much does.
 */
export function cpuCosts({ nodes, samples, timeDeltas }: CpuProfile): CpuCost[] {
  const placeOf = placesOf(nodes)
  const micros = new Map<string, number>()
  samples.forEach((id, index) => {
    const place = placeOf.get(id) ?? '(unknown)'
    if (place !== WAITING) micros.set(place, (micros.get(place) ?? 0) + (timeDeltas[index] ?? 0))
  })
  return [...micros].map(([place, sum]) => ({ place, ms: sum / 1000 })).toSorted((a, b) => b.ms - a.ms)
}

function placesOf(nodes: readonly ProfileNode[]): ReadonlyMap<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(
    nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)),
  )
  const places = new Map<number, string>()
  for (const { id } of nodes) {
    let owner: ProfileNode | undefined = byId.get(id)
    while (owner && !isOurs(owner)) owner = parents.get(owner.id)
    places.set(id, nameOf(owner ?? byId.get(id)!))
  }
  return places
}

function nameOf(node: ProfileNode): string {
  const { functionName, url } = node.callFrame
  return [isOurs(node) ? pathOf(node) : url, functionName || '(anonymous)'].join(' ').trim()
}

const pathOf = ({ callFrame }: ProfileNode): string => relative(REPOSITORY, fileURLToPath(callFrame.url))

const isOurs = ({ callFrame }: ProfileNode): boolean =>
  callFrame.url.startsWith('file://') &&
  /^(?:libs|tools)\//.test(relative(REPOSITORY, fileURLToPath(callFrame.url)))
