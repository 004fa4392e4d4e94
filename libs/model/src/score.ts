/**
 * How much it is worth to run something early, with the reason: `total` is what the parts make of it
 * (the scheduler documents the formula).
 */
export interface Score {
  readonly total: number
  readonly parts: readonly ScorePart[]
}

export interface ScorePart {
  readonly name: 'priority' | 'failures' | 'change' | 'cost' | 'weight' | 'observed'
  readonly value: number
  /** For people: "failed 3 of its last 10 runs, the last one 2 days ago". */
  readonly why: string
}

/**
 * What the order of units is good for: `feedback` runs first what is likely to fail, `makespan` what the end of
 * the run waits for, `balanced` weighs both.
 */
export const OBJECTIVES = ['feedback', 'makespan', 'balanced'] as const
export type Objective = (typeof OBJECTIVES)[number]

/** What a failure of the suite stops beyond its own units. */
export const HALT_POLICIES = ['dependents', 'phase', 'run'] as const
export type HaltPolicy = (typeof HALT_POLICIES)[number]
