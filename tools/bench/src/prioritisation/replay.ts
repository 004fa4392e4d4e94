import { apfd, apfdc } from './apfd.ts'
import { Muster, type Orders } from './muster-orders.ts'
import { RulesPast, SIMPLE_RULES, type SimpleRule } from './simple-rules.ts'
import type { Cycle, Execution } from './test-history.ts'

export const STRATEGIES = [
  'random',
  'untreated',
  ...SIMPLE_RULES,
  'muster-static',
  'muster',
  'optimum',
] as const
export type Strategy = 'random' | 'untreated' | SimpleRule | 'muster-static' | 'muster' | 'optimum'

export type Scores = Readonly<Record<Strategy, number>>

export interface Replay {
  /** Cycles with a failure; the others have no score. */
  readonly cycles: number
  /** Means over those cycles; NaN without any. */
  readonly apfd: Scores
  readonly apfdc: Scores
}

/** Of both measures, by symmetry: a random order is as good as its reverse, and the two add up to 1. */
const RANDOM = 0.5

/** Goes through a history, oldest first: each cycle is ordered by what came before it, scored, and only then learned. */
export function replay(cycles: Iterable<Cycle>): Replay {
  const rules = new RulesPast()
  const muster = new Muster()
  const apfdSums = noScores()
  const apfdcSums = noScores()
  let failing = 0
  for (const cycle of cycles) {
    const { executions } = cycle
    const failed = executions.map((each) => each.failed)
    if (failed.includes(true)) {
      failing += 1
      const durations = executions.map((each) => each.duration)
      const orders = ordersOf(executions, rules, muster)
      for (const strategy of STRATEGIES) {
        const order = strategy === 'random' ? undefined : orders[strategy]
        apfdSums[strategy] += order === undefined ? RANDOM : apfd(order.byPlace, failed)
        apfdcSums[strategy] += order === undefined ? RANDOM : apfdc(order.byTime, failed, durations)
      }
    }
    rules.learn(cycle)
    muster.learn(cycle)
  }
  const mean = (sums: Scores): Scores =>
    Object.fromEntries(STRATEGIES.map((each) => [each, sums[each] / failing])) as Scores
  return { cycles: failing, apfd: mean(apfdSums), apfdc: mean(apfdcSums) }
}

const noScores = (): Record<Strategy, number> =>
  Object.fromEntries(STRATEGIES.map((each) => [each, 0])) as Record<Strategy, number>

function ordersOf(
  executions: readonly Execution[],
  rules: RulesPast,
  muster: Muster,
): Readonly<Record<Exclude<Strategy, 'random'>, Orders>> {
  const tests = executions.map(({ test }) => test)
  const { fixed, adapted } = muster.orders(tests, (index) => executions[index]!.failed)
  const byRule = Object.fromEntries(
    SIMPLE_RULES.map((rule) => [rule, always(rules.order(rule, tests))]),
  ) as Record<SimpleRule, Orders>
  return {
    untreated: always(tests.map((_, i) => i)),
    ...byRule,
    'muster-static': fixed,
    muster: adapted,
    optimum: always(optimum(executions)),
  }
}

const always = (order: readonly number[]): Orders => ({ byPlace: order, byTime: order })

/** Failures first, the shortest of them first: no order is better by either measure. */
const optimum = (executions: readonly Execution[]): number[] =>
  executions
    .map((_, i) => i)
    .sort((a, b) => {
      const [one, other] = [executions[a]!, executions[b]!]
      return Number(other.failed) - Number(one.failed) || one.duration - other.duration
    })
