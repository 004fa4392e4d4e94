import { noCoFailures, type CoFailures } from './co-failure.ts'
import { INPUTS, SITUATIONS } from './failure-signs.ts'
import { newBoldness } from './learn-boldness.ts'
import { newWeights } from './logistic-mix.ts'
import { newMerits, type Merits } from './opinions.ts'
import { emptyTally, rate, type Tally } from './tally.ts'
import type { TestMemory } from './test-memory.ts'
import { newTrust } from './worth-per-time.ts'

/** What was learned from the cycles of one history: plain data. `learnCycle` alone changes it. */
export interface FailureMemory {
  /** Cycles learned. */
  cycles: number
  readonly all: Tally
  /** Of one test, smoothed over the last thousands of verdicts. */
  meanMs: number
  readonly tests: Map<string, TestMemory>
  /** How tests fared in each situation; see `failureSigns`. */
  readonly situations: readonly Map<number, Tally>[]
  /** Of the inputs, for each kind of record. */
  readonly weights: readonly number[][]
  readonly merits: Merits
  readonly coFailures: CoFailures
  /** How well each degree of boldness has done. */
  readonly boldness: number[]
  /** How well likelihoods have done against durations; see `worthPerTime`. */
  readonly trust: number[]
}

export const emptyFailureMemory = (): FailureMemory => ({
  cycles: 0,
  all: emptyTally(),
  meanMs: 0,
  tests: new Map(),
  situations: Array.from({ length: SITUATIONS }, () => new Map<number, Tally>()),
  weights: Array.from({ length: 4 }, () => newWeights(INPUTS)),
  merits: newMerits(),
  coFailures: noCoFailures(),
  boldness: newBoldness(),
  trust: newTrust(),
})

/** Share of all verdicts that are failures; a history that has hardly begun is taken to have 1 in 40. */
export const baseRate = (memory: FailureMemory): number => rate(memory.all, 0.025, 20)

/** New tests, tests that never failed, once and more often have weights of their own. */
export const weightsFor = (memory: FailureMemory, test: TestMemory | undefined): number[] =>
  memory.weights[test === undefined ? 0 : Math.min(3, 1 + test.failures)]!
