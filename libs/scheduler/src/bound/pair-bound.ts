import type { Job } from './to-jobs.ts'

/** So many wide jobs are compared with all others, those that matter most. */
const MOST_WIDE = 100

const lengthOf = ({ headMs, ms, tailMs }: Job): number => headMs + ms + tailMs

/**
 * Two jobs that don't fit beside each other queue: one of them goes first, and the end waits for the other one and what comes
 * after it. Of two at least one takes more than half of something.
 */
export function pairBound(jobs: readonly Job[], limits: readonly number[]): number {
  const isWide = ({ amounts }: Job): boolean =>
    [...amounts].some(([resource, amount]) => 2 * amount > limits[resource]!)
  const longestFirst = jobs.toSorted((a, b) => lengthOf(b) - lengthOf(a))
  let bound = 0
  for (const wide of longestFirst.filter(isWide).slice(0, MOST_WIDE)) {
    for (const other of jobs) {
      const endMs = Math.min(endInOrder(wide, other), endInOrder(other, wide))
      if (endMs > bound && other !== wide && queue(wide, other, limits)) bound = endMs
    }
  }
  return bound
}

const endInOrder = (first: Job, second: Job): number =>
  Math.max(second.headMs, first.headMs + first.ms) + second.ms + second.tailMs

const queue = (a: Job, b: Job, limits: readonly number[]): boolean =>
  [...a.amounts].some(([resource, amount]) => amount + (b.amounts.get(resource) ?? 0) > limits[resource]!)
