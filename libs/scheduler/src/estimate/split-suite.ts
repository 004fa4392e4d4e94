import { fileSizes, type SizedSuite } from './file-sizes.ts'
import { packBins } from './pack-bins.ts'

export interface SplitInput extends SizedSuite {
  readonly workers: number
  /** Estimated time of all else that the run does, summed up. */
  readonly othersWorkMs: number
  /** Declared: 1 forbids, n forces up to n units. */
  readonly shards?: number
  /** Why the suite can't be split. */
  readonly whole?: string
}

/** A unit has at least this many times as much of tests as of overhead. */
const WORTH = 2

/**
 * The units to run a suite in, by their files. Split only as far as to no longer set the length of the run, by the model
 *
 *   makespan(units) = max(longest unit, (others + files + units · overhead) / workers)
 *
 * and never when that gains less than one overhead. Without times for half of the files only `shards` splits.
 * @returns each file exactly once, in running order within a unit; one unit when it isn't split
 */
export function splitSuite(input: SplitInput): readonly (readonly string[])[] {
  const { files, shards, whole } = input
  const sizes = fileSizes(input)
  const count = whole === undefined ? (shards ?? bestCount(input, sizes)) : 1
  if (count <= 1 || files.length <= 1) return [files.map(({ file }) => file)]
  return packBins(sizes ?? files.map(() => 1), count).map((bin) =>
    bin.flatMap((index) => files[index]?.file ?? []),
  )
}

/** The makespan in ms that the model gives for a suite in these units. */
export function splitMakespan(
  unitsMs: readonly number[],
  { workers, othersWorkMs }: Pick<SplitInput, 'workers' | 'othersWorkMs'>,
): number {
  const work = unitsMs.reduce((sum, each) => sum + each, othersWorkMs)
  return Math.max(work / workers, ...unitsMs)
}

function bestCount(input: SplitInput, sizes: readonly number[] | undefined): number {
  if (sizes === undefined) return 1
  const { overheadMs, workers, suiteEstimateMs } = input
  const whole = splitMakespan([suiteEstimateMs], input)
  let best = { count: 1, makespan: whole }
  for (let count = 2; count <= Math.min(workers, sizes.length); count++) {
    const bins = packBins(sizes, count).map((bin) => bin.reduce((sum, index) => sum + (sizes[index] ?? 0), 0))
    if (Math.min(...bins) < WORTH * overheadMs) break
    const units = bins.map((size) => size + overheadMs)
    const makespan = splitMakespan(units, input)
    if (makespan < best.makespan) best = { count, makespan }
    if (Math.max(...units) < makespan) break
  }
  return whole - best.makespan > overheadMs ? best.count : 1
}
