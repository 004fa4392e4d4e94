import type { Priority } from '@muster/model'

/**
 * All numbers of the score in one place, in points. They settle what outweighs what:
 *
 *   a sure failure (50) lifts a medium suite above a high one, and a low one above a quiet medium one,
 *   but neither it nor a change (30) lifts anything above a critical suite of the same cost, unless both are near certain.
 *
 * The weights of failures and change say how they compare, not how likely a failure is: that is learned, see
 * `predictFailures`.
 */
export const SCORE_WEIGHTS = {
  priority: { critical: 120, high: 60, medium: 30, low: 10 } satisfies Record<Priority, number>,
  /** For a certain failure. */
  failures: 50,
  /** When everything that a suite rests on has changed. */
  change: 30,
  /** For a weight of 1, the usual one. */
  weight: 20,
} as const

/**
 * A verdict that is this old tells half as much: what it was about has changed since. An age of days is what sets this
 * apart from the predictor, which counts runs and knows no calendar.
 */
export const VERDICT_HALF_LIFE_MS = 30 * 24 * 60 * 60_000

/** However dear, a suite keeps this share of its worth: cost orders the equally urgent, it doesn't bury the urgent. */
export const LEAST_EFFICIENCY = 0.5

/** The cost that halves what efficiency can take away: a minute of the whole machine. */
export const USUAL_COST_MS = 60_000

/** What a usual suite has of which nothing is known: medium priority and a weight of 1. */
export const USUAL_SCORE = SCORE_WEIGHTS.priority.medium + SCORE_WEIGHTS.weight

/** What of the usual score counts against time. */
export const USUAL_SHARE = 0.05
