/** 15 %: below, few teams would act. */
export const EFFECT_THRESHOLD = 0.15

/** Of one comparison before its rerun; with both, fewer than 1 in 1,000 tells a change where none was. */
export const ALPHA = 0.01

/**
 * Samples of a side that are looked at; of more, evenly spread ones. They are no longer what limits the precision, and
 * dependence over thousands of neighbours takes long to measure.
 */
export const MOST_LOOKED_AT = 1000

/** Share of unusable samples from which on the measuring itself is in doubt. */
export const MOST_SET_ASIDE = 0.1

/** Samples a side that find a change of 5 % in 4 of 5 cases where they deviate by 5 %, rerun included. */
export const SAMPLE_BUDGET = 50

/** Interval of the median at which more samples wouldn't add: about what the budget gives there. */
export const TIGHT = 0.02
