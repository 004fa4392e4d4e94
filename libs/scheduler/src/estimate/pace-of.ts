import { weightedMedian } from './weighted-quantile.ts'

export interface FinishedUnit {
  readonly estimateMs: number
  readonly actualMs: number
}

/** Only what finished lately: a machine can become slower in the middle of a run. */
const WINDOW = 30
/** Units' worth of belief in the estimates as they are. */
const BELIEF = 3
/** Beyond this something else is wrong than the machine's speed. */
const LIMIT = 4

/**
 * How much slower than estimated this run goes: 1.3 means that what is to come takes 1.3 times its estimate.
 * The median over the last units, weighed by the root of their size (small ones are mostly start-up), and drawn to 1
 * while few have finished.
 * @param finished in the order in which they finished; only those that passed
 */
export function paceOf(finished: readonly FinishedUnit[]): number {
  const recent = finished.slice(-WINDOW).filter(({ estimateMs, actualMs }) => estimateMs > 0 && actualMs > 0)
  if (recent.length === 0) return 1
  const log = weightedMedian(
    recent.map(({ estimateMs, actualMs }) => ({
      value: Math.log(actualMs / estimateMs),
      weight: Math.sqrt(estimateMs),
    })),
  )
  const damped = (log * recent.length) / (recent.length + BELIEF)
  return Math.min(LIMIT, Math.max(1 / LIMIT, Math.exp(damped)))
}
