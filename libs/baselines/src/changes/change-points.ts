import { mannWhitney } from '../ranks/mann-whitney.ts'
import { median } from '../samples/sorted.ts'
import { blockLength } from './block-length.ts'
import { clipSpikes } from './clip-spikes.ts'
import { findChange } from './find-change.ts'
import { seededRandom } from './seeded-random.ts'

export interface ChangePointOptions {
  /** Of the shuffles; the same seed gives the same answer. Default 1. */
  readonly seed?: number
  /** Shuffles a test: p can't be below 1 / (permutations + 1). Default 199. */
  readonly permutations?: number
  /** Chance of a change point where a stretch has none. Default 0.01. */
  readonly alpha?: number
  /** Fewest points between two changes, at least 2; what is shorter is a spike. Default 5. */
  readonly minSize?: number
}

export interface ChangePoint {
  /** Of the first point after the change. */
  readonly index: number
  /** Median of the points since the change before. */
  readonly before: number
  /** Median of the points until the next change. */
  readonly after: number
  /** (after − before) / |before|: 0.1 is 10 % more. Absent where `before` is 0. */
  readonly magnitude?: number
  /** Of no change, from the shuffles. */
  readonly p: number
}

interface Found {
  readonly at: number
  readonly p: number
}

/**
 * Where a series changed for good: hierarchical E-divisive with a permutation test, over stretches of every scale. A slow
 * creep comes out as one or several small steps in one direction. Limits: changes less than `minSize` points from either end or
 * from each other are not seen, so a change is dated late by as many runs; p is of each stretch alone; waves in the
 * noise (autocorrelation of 0.5 and more) give one steady series in ten a change.
 * @param series oldest first; non-finite points are skipped, indices count them
 */
export function changePoints(
  series: readonly number[],
  { seed = 1, permutations = 199, alpha = 0.01, minSize = 5 }: ChangePointOptions = {},
): readonly ChangePoint[] {
  const places = series.flatMap((value, index) => (Number.isFinite(value) ? [index] : []))
  const values = places.map((place) => series[place] ?? 0)
  const shortest = Math.max(2, Math.trunc(minSize))
  const clipped = clipSpikes(values, shortest)
  const test = {
    block: blockLength(values),
    permutations,
    alpha,
    minSize: shortest,
    random: seededRandom(seed),
  }

  const search = (start: number, end: number): Found[] => {
    const found = findChange(clipped.slice(start, end), test)
    if (!found) return []
    const at = start + found.at
    return [...search(start, at), { at, p: found.p }, ...search(at, end)]
  }
  return described(changesOfLevel(search(0, values.length), values, alpha), values, places)
}

/**
 * The energy distance sees any change of distribution. Who asks what got slower isn't told of noise that grew: parts whose
 * ranks don't differ are joined, the most alike first.
 */
function changesOfLevel(
  changes: readonly Found[],
  values: readonly number[],
  alpha: number,
): readonly Found[] {
  const likeness = changes.map(({ at }, index) => {
    const [from, to] = [changes[index - 1]?.at ?? 0, changes[index + 1]?.at]
    return mannWhitney(values.slice(from, at), values.slice(at, to)).p
  })
  const greatest = Math.max(...likeness)
  if (!(greatest > alpha)) return changes
  return changesOfLevel(changes.toSpliced(likeness.indexOf(greatest), 1), values, alpha)
}

function described(
  changes: readonly Found[],
  values: readonly number[],
  places: readonly number[],
): readonly ChangePoint[] {
  const level = (from: number, to: number | undefined): number => median(values.slice(from, to))
  return changes.map(({ at, p }, index) => {
    const before = level(changes[index - 1]?.at ?? 0, at)
    const after = level(at, changes[index + 1]?.at)
    return {
      index: places[at] ?? at,
      before,
      after,
      ...(before !== 0 && { magnitude: (after - before) / Math.abs(before) }),
      p,
    }
  })
}
