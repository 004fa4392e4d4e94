import { EnergyScan, type Split } from './energy-scan.ts'
import { shuffleBlocks } from './shuffle-blocks.ts'
import { stretches, type Stretch } from './stretches.ts'

export interface ChangeTest {
  readonly block: number
  readonly permutations: number
  readonly alpha: number
  readonly minSize: number
  readonly random: () => number
}

/** The most significant change in a series, or undefined where shuffles of it look as changed. */
export function findChange(
  series: readonly number[],
  { block, permutations, alpha, minSize, random }: ChangeTest,
): { readonly at: number; readonly p: number } | undefined {
  if (series.length < 2 * minSize) return undefined
  const { ascending, places } = ranked(series)
  const scan = new EnergyScan(ascending)
  const scanned = stretches(0, series.length, 2 * minSize)
  const observed = strongest(scan, places, scanned, minSize)
  if (observed.energy <= 0) return undefined

  const shuffled = new Int32Array(places.length)
  // Once so many shuffles look as changed, p is above alpha whatever the rest says.
  const enough = alpha * (permutations + 1)
  let asStrong = 0
  for (let round = 0; round < permutations && asStrong + 1 <= enough; round++) {
    shuffleBlocks(places, shuffled, block, random)
    if (strongest(scan, shuffled, scanned, minSize).energy >= observed.energy) asStrong++
  }
  const p = (asStrong + 1) / (permutations + 1)
  return p <= alpha ? { at: observed.at, p } : undefined
}

function strongest(
  scan: EnergyScan,
  places: Int32Array,
  scanned: readonly Stretch[],
  minSize: number,
): Split {
  let best: Split = { at: -1, energy: Number.NEGATIVE_INFINITY }
  for (const { start, end } of scanned) {
    const split = scan.best(places, start, end, minSize)
    if (split.energy > best.energy) best = split
  }
  return best
}

/** Each point's place among the sorted values; equal values have places of their own, at no distance. */
function ranked(series: readonly number[]): { ascending: Float64Array; places: Int32Array } {
  const order = Array.from(series.keys()).sort((a, b) => (series[a] ?? 0) - (series[b] ?? 0))
  const places = new Int32Array(series.length)
  for (const [place, index] of order.entries()) places[index] = place
  return { ascending: Float64Array.from(order, (index) => series[index] ?? 0), places }
}
