import { adaptedOrder, type Candidate } from './adapted-order.ts'
import type { CoFailures } from './co-failure.ts'
import { InRunOdds, type Boldness } from './in-run-odds.ts'

/** From not listening at all to believing everything. */
const DEGREES: readonly Boldness[] = [
  { belief: 0, doubt: 2 },
  { belief: 0.5, doubt: 2 },
  { belief: 1, doubt: 2 },
  { belief: 1, doubt: 0.5 },
]
/** A little caution until a history has shown its ways. */
const START = [0.3, 0.2, 0.1, 0]
const FADE = 0.98

/** How well each degree would have ordered past cycles: faded sums of 1 less the mean place of what failed. */
export const newBoldness = (): number[] => [...START]

export const boldest = (merits: readonly number[]): Boldness => DEGREES[merits.indexOf(Math.max(...merits))]!

/** After a cycle with a failure, and before its co-failures are learned: replays it with each degree. */
export function learnBoldness(
  merits: number[],
  candidates: readonly Candidate[],
  failed: readonly boolean[],
  coFailures: CoFailures,
): void {
  const likelihoods = new Map(candidates.map(({ test, likelihood }) => [test, likelihood]))
  const failures = failed.filter(Boolean).length
  DEGREES.forEach((degree, i) => {
    const odds = new InRunOdds(likelihoods, coFailures, degree)
    const order = adaptedOrder(candidates, (index) => failed[index]!, odds)
    const places = order.reduce((sum, index, place) => (failed[index] ? sum + place : sum), 0)
    merits[i] = FADE * merits[i]! + 1 - places / (failures * order.length)
  })
}
