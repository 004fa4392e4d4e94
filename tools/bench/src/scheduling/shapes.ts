import { Random } from './random.ts'

/** For each suite, the suites (by index, all smaller) that it depends on. */
export type Edges = readonly (readonly number[])[]

type Shape = (suites: number, random: Random) => Edges

const pick = (random: Random, from: number, to: number, count: number): number[] => [
  ...new Set(Array.from({ length: count }, () => from + random.below(to - from))),
]

/** Layers of equal size; each suite depends on one to three of the layer before. */
const layered: Shape = (suites, random) => {
  const width = Math.max(1, Math.round(Math.sqrt(suites) * 1.5))
  return Array.from({ length: suites }, (_, n) => {
    const start = Math.floor(n / width) * width
    return start === 0 ? [] : pick(random, start - width, start, 1 + random.below(3))
  })
}

/** Chains side by side, of 1 to 12 suites. */
const chains: Shape = (suites, random) => {
  const edges: number[][] = []
  while (edges.length < suites) {
    const length = Math.min(suites - edges.length, 1 + random.below(12))
    for (let n = 0; n < length; n++) edges.push(n === 0 ? [] : [edges.length - 1])
  }
  return edges
}

/** One suite, then many, then one that waits for all of them, and again. */
const forkJoin: Shape = (suites, random) => {
  const edges: number[][] = [[]]
  while (edges.length < suites) {
    const fork = edges.length - 1
    const width = Math.min(suites - edges.length, 8 + random.below(Math.max(1, suites / 10)))
    for (let n = 0; n < width; n++) edges.push([fork])
    if (edges.length < suites) edges.push(Array.from({ length: width }, (_, n) => fork + 1 + n))
  }
  return edges
}

/** Any suite may depend on any before it; 1.2 edges each on average, most of them to suites close by. */
const sparse: Shape = (suites, random) =>
  Array.from({ length: suites }, (_, n) => {
    const count = n === 0 ? 0 : [0, 1, 1, 2, 2][random.below(5)]!
    return pick(random, random.next() < 0.7 ? Math.max(0, n - 50) : 0, Math.max(1, n), count)
  })

const independent: Shape = (suites) => Array.from({ length: suites }, () => [])

/** As a monorepo has them: unit suites, integration suites on a few of those, end-to-end suites on a few of these. */
const monorepo: Shape = (suites, random) => {
  const units = Math.ceil(suites * 0.7)
  const integration = Math.ceil(suites * 0.95)
  return Array.from({ length: suites }, (_, n) => {
    if (n < units) return []
    return n < integration
      ? pick(random, 0, units, 1 + random.below(4))
      : pick(random, units, integration, 1 + random.below(5))
  })
}

export const SHAPES: Readonly<Record<string, Shape>> = {
  layered,
  chains,
  'fork-join': forkJoin,
  sparse,
  independent,
  monorepo,
}
