import type { FileEstimate } from './estimate-files.ts'
import { medianOf } from './weighted-quantile.ts'

export interface SizedSuite {
  /** In running order. */
  readonly files: readonly FileEstimate[]
  /** The whole suite in one unit, `overheadMs` included. */
  readonly suiteEstimateMs: number
  /** What each unit of it costs before its first test: process, imports. */
  readonly overheadMs: number
}

/** With times for fewer of its files, the times say too little about the suite. */
const KNOWN_SHARE = 0.5

/**
 * Milliseconds of each file, adding up to the suite without its overhead. What no file accounts for is mostly loading, which each
 * does: it is shared out equally. A file without history counts as a middling one. Undefined when too few are known.
 */
export function fileSizes({ files, suiteEstimateMs, overheadMs }: SizedSuite): readonly number[] | undefined {
  const known = files.flatMap(({ estimateMs }) => estimateMs ?? [])
  if (known.length === 0 || known.length < KNOWN_SHARE * files.length) return undefined
  const usual = medianOf(known)
  const sizes = files.map(({ estimateMs }) => estimateMs ?? usual)
  const sum = sizes.reduce((total, each) => total + each, 0)
  const goal = Math.max(0, suiteEstimateMs - overheadMs)
  return sum > goal
    ? sizes.map((size) => (size * goal) / sum)
    : sizes.map((size) => size + (goal - sum) / sizes.length)
}
