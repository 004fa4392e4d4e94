import { compare, confirm, mannWhitney, upperTail, type NoiseFloor } from '@muster/baselines'

/** What a rule gets to see: fresh samples are measured only when it asks for them. */
export interface Trial {
  readonly base: readonly number[]
  readonly current: readonly number[]
  readonly rerun: () => readonly number[]
  readonly floor: NoiseFloor | undefined
  readonly effectThreshold: number
}

/** Does the rule call the current samples slower? */
export type Rule = (trial: Trial) => boolean

/** The mean lies more than the threshold above the base's mean. */
const naive: Rule = ({ base, current, effectThreshold }) => mean(current) > mean(base) * (1 + effectThreshold)

/** What benchstat does: Mann–Whitney at 0.05, any size. */
const benchstat: Rule = ({ base, current }) => {
  const { u, p } = mannWhitney(base, current)
  return p < 0.05 && u > (base.length * current.length) / 2
}

/** Welch's unequal variances t-test at 0.05, any size. */
const welch: Rule = ({ base, current }) => {
  const [a, b] = [variance(base) / base.length, variance(current) / current.length]
  const t = (mean(current) - mean(base)) / Math.sqrt(a + b)
  const freedom = (a + b) ** 2 / (a ** 2 / (base.length - 1) + b ** 2 / (current.length - 1))
  return t > 0 && 2 * upperTail(t, freedom) < 0.05
}

const comparison = (
  { base, floor, effectThreshold }: Trial,
  current: readonly number[],
): ReturnType<typeof compare> =>
  compare({ base, current, better: 'lower', effectThreshold, ...(floor && { noiseFloor: floor }) })

const first: Rule = (trial) => comparison(trial, trial.current).verdict === 'regression'

const confirmed: Rule = (trial) => {
  const suspect = comparison(trial, trial.current)
  if (suspect.verdict !== 'regression') return false
  return confirm(suspect, comparison(trial, trial.rerun())).verdict === 'regression'
}

export const RULES = { naive, welch, benchstat, 'muster, once': first, muster: confirmed } as const
export type RuleName = keyof typeof RULES
export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[]

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

function variance(values: readonly number[]): number {
  const centre = mean(values)
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)
}
