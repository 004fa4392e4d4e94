import { evidence, partnersOf, type CoFailures } from './co-failure.ts'
import { likelihoodOf, odds } from './tally.ts'

/** How far a run lets itself be led by what has already failed and passed in it. */
export interface Boldness {
  /** Share of the evidence that is believed; tests that fail together are no independent witnesses. */
  readonly belief: number
  /** Cycles of pure chance that past evidence has to outweigh. */
  readonly doubt: number
}

/** Log odds of a test that has failed in this very run, should it run once more. */
const CERTAIN = 50

/** The likelihoods of one run, moved by its verdicts as they come. */
export class InRunOdds {
  readonly #odds: Map<string, number>
  readonly #memory: CoFailures
  readonly #boldness: Boldness

  constructor(likelihoods: ReadonlyMap<string, number>, memory: CoFailures, boldness: Boldness) {
    this.#odds = new Map([...likelihoods].map(([test, likelihood]) => [test, odds(likelihood)]))
    this.#memory = memory
    this.#boldness = boldness
  }

  /** @returns the new likelihoods (0..1) of the tests of this run that it changes */
  observe(verdict: { readonly test: string; readonly failed: boolean }): ReadonlyMap<string, number> {
    const changed = new Map<string, number>()
    const { belief, doubt } = this.#boldness
    const move = (test: string, by: number): void => {
      const before = this.#odds.get(test)
      if (before === undefined || by === 0) return
      this.#odds.set(test, before + by)
      changed.set(test, likelihoodOf(before + by))
    }
    if (verdict.failed) move(verdict.test, CERTAIN)
    if (belief === 0) return changed
    for (const partner of partnersOf(this.#memory, verdict.test)) {
      const said = belief * evidence(this.#memory, partner, verdict, doubt)
      // They have failed together before: a failure never speaks against the partner, nor a pass for it.
      move(partner, verdict.failed ? Math.max(0, said) : Math.min(0, said))
    }
    return changed
  }
}
