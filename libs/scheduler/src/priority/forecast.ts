import { baseRate, weightsFor, type FailureMemory } from './failure-memory.ts'
import { failureSigns, type FailureSigns } from './failure-signs.ts'
import { mix } from './logistic-mix.ts'
import { nameNeighbours } from './name-neighbours.ts'
import { blend, opinionsOf, type Standings } from './opinions.ts'
import { descending } from './ranking.ts'

/** What is thought of the tests of one cycle before it runs, with what the thought rests on. */
export interface Forecast {
  readonly signs: readonly FailureSigns[]
  readonly opinions: Standings
  /** 0..1, in the order of `tests`. */
  readonly likelihoods: readonly number[]
}

export function forecast(memory: FailureMemory, tests: readonly string[]): Forecast {
  const background = { cycle: memory.cycles, baseRate: baseRate(memory), meanMs: memory.meanMs }
  const warmth = nameNeighbours(tests, (name) => {
    const test = memory.tests.get(name)
    return test !== undefined && test.failures > 0 ? test.rates[1]! : 0
  })
  const known = tests.map((name) => memory.tests.get(name))
  const signs = tests.map((name, i) =>
    failureSigns(known[i], memory.situations, background, warmth.get(name) ?? 0),
  )
  const learned = signs.map(({ inputs }, i) => mix(weightsFor(memory, known[i]), inputs))
  const opinions = opinionsOf(known, learned)
  return { signs, opinions, likelihoods: inOrderOf(blend(memory.merits, opinions), learned) }
}

/** The blend only orders: the test in its k-th place gets the k-th largest learned likelihood. */
function inOrderOf(blended: readonly number[], learned: readonly number[]): number[] {
  const sorted = learned.toSorted((a, b) => b - a)
  const result = learned.map(() => 0)
  descending(blended).forEach((test, place) => {
    result[test] = sorted[place]!
  })
  return result
}
