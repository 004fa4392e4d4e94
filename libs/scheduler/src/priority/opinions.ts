import { meanStanding, standings } from './ranking.ts'
import type { TestMemory } from './test-memory.ts'

/** Simple rules for who comes first; on some histories one of them is hard to beat, and nobody knows which before. */
const RULES = {
  lastFailed: (test) => test?.failedIn ?? -1,
  decayed: (test) => test?.decayed ?? 0,
  newFirst: (test) => test?.decayed ?? Number.POSITIVE_INFINITY,
  mostFailures: (test) => test?.failures ?? 0,
} as const satisfies Record<string, (test: TestMemory | undefined) => number>

export type Opinion = 'learned' | keyof typeof RULES
/** Merits by opinion: the faded sum of how well it has ordered failing cycles so far. */
export type Merits = Record<Opinion, number>

const OPINIONS: readonly Opinion[] = ['learned', 'lastFailed', 'decayed', 'newFirst', 'mostFailures']
/** A lead of 0.3 in the sum of APFD is a weight of e^0.9: the leader prevails after a few cycles, near draws are averaged. */
const TRUST = 3
const FADE = 0.98
/** What is learned has to earn trust: where few cycles fail, there was nothing to learn it from. */
const HANDICAP = -0.3

export const newMerits = (): Merits => ({
  learned: HANDICAP,
  lastFailed: 0,
  decayed: 0,
  newFirst: 0,
  mostFailures: 0,
})

/** How each opinion orders the tests, as standings. */
export type Standings = Readonly<Record<Opinion, readonly number[]>>

export function opinionsOf(
  tests: readonly (TestMemory | undefined)[],
  learned: readonly number[],
): Standings {
  const by = (rule: (test: TestMemory | undefined) => number): number[] => standings(tests.map(rule))
  return {
    learned: standings(learned),
    lastFailed: by(RULES.lastFailed),
    decayed: by(RULES.decayed),
    newFirst: by(RULES.newFirst),
    mostFailures: by(RULES.mostFailures),
  }
}

/** The mean of all opinions, weighted by their merits (Hedge: Freund and Schapire 1997). */
export function blend(merits: Merits, opinions: Standings): number[] {
  const best = Math.max(...OPINIONS.map((each) => merits[each]))
  const weights = OPINIONS.map((each) => Math.exp(TRUST * (merits[each] - best)))
  return opinions.learned.map((_, test) =>
    OPINIONS.reduce((sum, each, i) => sum + weights[i]! * opinions[each][test]!, 0),
  )
}

/** After a cycle with a failure. */
export function judge(merits: Merits, opinions: Standings, failed: readonly boolean[]): void {
  for (const each of OPINIONS) merits[each] = FADE * merits[each] + meanStanding(opinions[each], failed)
}
