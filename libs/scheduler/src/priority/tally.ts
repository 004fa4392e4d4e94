/** How often something was tried, and how often it failed. */
export interface Tally {
  runs: number
  failed: number
}

export const emptyTally = (): Tally => ({ runs: 0, failed: 0 })

/** Halves the tally when it has `limit` runs, so that what was long ago counts less. */
export function count(tally: Tally, failed: boolean, limit: number): void {
  tally.runs += 1
  if (failed) tally.failed += 1
  if (tally.runs < limit) return
  tally.runs /= 2
  tally.failed /= 2
}

/** The share of failures, drawn towards `prior` as if that had been seen in `strength` runs. */
export const rate = (tally: Tally | undefined, prior: number, strength: number): number =>
  tally === undefined ? prior : (tally.failed + strength * prior) / (tally.runs + strength)

const LEAST = 0.0005
const MOST = 0.999

export const odds = (p: number): number => {
  const inside = Math.min(MOST, Math.max(LEAST, p))
  return Math.log(inside / (1 - inside))
}

export const likelihoodOf = (logOdds: number): number =>
  1 / (1 + Math.exp(-Math.min(20, Math.max(-20, logOdds))))
