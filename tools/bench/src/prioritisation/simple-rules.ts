import type { Cycle } from './test-history.ts'

/** What the rules below know of a test: nothing but earlier cycles. */
interface Past {
  readonly failures: number
  /** Number of the last failing cycle, −1 without any. */
  readonly failedIn: number
  /** Failures, each counting 0.8 of the next. */
  readonly decayed: number
  readonly duration: number
}

/** Orders by a number, the largest first, ties as the tests came. Written apart from the product, to be compared with it. */
const RULES = {
  'last-failed-first': (past) => past?.failedIn ?? -1,
  'decayed-failures': (past) => past?.decayed ?? 0,
  'new-first-decayed': (past) => past?.decayed ?? Number.POSITIVE_INFINITY,
  'most-failures': (past) => past?.failures ?? 0,
  'cheapest-first': (past) => -(past?.duration ?? 0),
} as const satisfies Record<string, (past: Past | undefined) => number>

export type SimpleRule = keyof typeof RULES
export const SIMPLE_RULES = Object.keys(RULES) as readonly SimpleRule[]

const DECAY = 0.8

export class RulesPast {
  readonly #past = new Map<string, Past>()
  #cycles = 0

  order(rule: SimpleRule, tests: readonly string[]): number[] {
    const values = tests.map((test) => RULES[rule](this.#past.get(test)))
    // Not a difference: infinity less infinity is no number.
    return tests
      .map((_, i) => i)
      .sort((a, b) => (values[a] === values[b] ? a - b : values[b]! > values[a]! ? 1 : -1))
  }

  learn({ executions }: Cycle): void {
    const failed = new Map<string, boolean>()
    for (const each of executions) failed.set(each.test, each.failed || failed.get(each.test) === true)
    const durations = new Map(executions.map(({ test, duration }) => [test, duration]))
    for (const [test, bad] of failed) {
      const past = this.#past.get(test)
      this.#past.set(test, {
        failures: (past?.failures ?? 0) + Number(bad),
        failedIn: bad ? this.#cycles : (past?.failedIn ?? -1),
        decayed: DECAY * (past?.decayed ?? 0) + Number(bad),
        duration: durations.get(test) ?? 0,
      })
    }
    this.#cycles += 1
  }
}
