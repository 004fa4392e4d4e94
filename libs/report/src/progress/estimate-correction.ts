import type { ProgressState } from './progress-state.ts'

export interface EstimateCorrection {
  /** @returns undefined when there is neither an estimate nor anything finished to compare with */
  expected(estimateMs: number): number | undefined
}

/** Beyond this the estimates are of something else, and the run's own figures are too few to say of what. */
const LARGEST = 4
/** As if so much of all estimated work had already taken exactly its estimate: one early surprise changes little. */
const PRIOR_SHARE = 0.15

/** As if so many units without an estimate had already taken what is usual here; without anything usual, so many must have finished. */
const PRIOR_UNITS = 3

/**
 * How this run compares with its estimates so far: a busier machine is slower everywhere. What has no estimate (0)
 * is taken to be like the others: what is estimated on average at first, more and more what finished took.
 */
export function estimateCorrection(state: ProgressState): EstimateCorrection {
  let estimated = 0
  let actual = 0
  let allEstimated = 0
  let estimates = 0
  let finished = 0
  let finishedMs = 0
  for (const suite of state.suites.values()) {
    if (suite.cached) continue
    if (suite.units.size === 0) {
      allEstimated += suite.estimateMs
      if (suite.estimateMs > 0) estimates++
    }
    for (const { estimateMs, attempts, outcome } of suite.units.values()) {
      allEstimated += estimateMs
      if (estimateMs > 0) estimates++
      const last = attempts.at(-1)
      if (!outcome || !last?.finished) continue
      finished++
      finishedMs += last.durationMs
      if (estimateMs === 0) continue
      estimated += estimateMs
      actual += last.durationMs
    }
  }
  const prior = PRIOR_SHARE * allEstimated
  const factor = estimated + prior === 0 ? 1 : (actual + prior) / (estimated + prior)
  const bounded = Math.min(LARGEST, Math.max(1 / LARGEST, factor))
  const usual = estimates === 0 ? undefined : (bounded * allEstimated) / estimates
  const typical = typicalMs(usual, finished, finishedMs)
  return { expected: (estimateMs) => (estimateMs > 0 ? estimateMs * bounded : typical) }
}

function typicalMs(usual: number | undefined, finished: number, finishedMs: number): number | undefined {
  if (usual === undefined) return finished < PRIOR_UNITS ? undefined : finishedMs / finished
  return (finishedMs + PRIOR_UNITS * usual) / (finished + PRIOR_UNITS)
}
