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
  return [...micros]
    .map(([place, sum]) => ({ place, ms: sum / 1000 }))
    .toSorted((a, b) => b.ms - a.ms)
}

function placesOf(nodes: readonly ProfileNode[]): ReadonlyMap<number, string> {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)))
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const places = new Map<number, string>()
  for (const { id, callFrame } of nodes) {
    let owner: ProfileNode | undefined = byId.get(id)
    while (owner && !isOurs(owner)) owner = byId.get(parents.get(owner.id) ?? -1)
    const place = owner ? `${pathOf(owner)} ${owner.callFrame.functionName || '(anonymous)'}` : undefined
    places.set(id, place ?? (callFrame.functionName.startsWith('(') ? callFrame.functionName : 'node'))
  }
  return places
}

const pathOf = ({ callFrame }: ProfileNode): string => relative(REPOSITORY, fileURLToPath(callFrame.url))

const isOurs = ({ callFrame }: ProfileNode): boolean =>
  callFrame.url.startsWith('file://') && /^(?:libs|tools)\//.test(relative(REPOSITORY, fileURLToPath(callFrame.url)))
