import { odds, rate, type Tally } from './tally.ts'
import type { TestMemory } from './test-memory.ts'

/**
 * What speaks for and against a failure of one test. Each context is a situation that tests of this history have been
 * in before; how often they failed in it is one estimate, what the test's own record says is another.
 */
export interface FailureSigns {
  /** One key for each table of situations. */
  readonly contexts: readonly number[]
  /** The estimates as log odds, the last one constant. */
  readonly inputs: readonly number[]
}

export const SITUATIONS = 7
const OWN_ESTIMATES = 6
export const INPUTS = SITUATIONS + OWN_ESTIMATES + 1
const BIAS = 0.3
/**
 * How much a guess from the test's recent failures holds against what was seen in its situation: that of half a failure,
 * in as many runs as that takes. Fifty passes say nothing against a guess of 1 in 1000, and much against 1 in 2.
 */
const GUESSED_FAILURES = 0.5
const LEAST_STRENGTH = 2
const NEW = -1

/** What is known of all tests together. */
export interface Background {
  /** Number of the cycle to come. */
  readonly cycle: number
  /** Share of failures of all verdicts. */
  readonly baseRate: number
  /** Mean duration of a test. */
  readonly meanMs: number
}

/** @param warmth of the tests with similar names */
export function failureSigns(
  test: TestMemory | undefined,
  tables: readonly ReadonlyMap<number, Tally>[],
  background: Background,
  warmth: number,
): FailureSigns {
  const { baseRate } = background
  const contexts = contextsOf(test, background, warmth)
  const guess = guessFor(test, baseRate)
  const strength = Math.max(LEAST_STRENGTH, GUESSED_FAILURES / guess)
  const seen = contexts.map((key, i) => odds(rate(tables[i]!.get(key), guess, strength)))
  // The record of a new test is that of all new tests.
  const own =
    test === undefined ? Array.from({ length: OWN_ESTIMATES }, () => seen[3]!) : ownRecord(test, baseRate)
  return { contexts, inputs: [...seen, ...own, BIAS] }
}

/** Before anything is known: new tests fail more often than others, and what failed lately fails again. */
const guessFor = (test: TestMemory | undefined, baseRate: number): number =>
  test === undefined ? Math.min(0.5, 3 * baseRate) : Math.min(0.9, 0.7 * baseRate + 0.7 * test.rates[1]!)

function ownRecord(test: TestMemory, baseRate: number): number[] {
  const all = rate({ runs: test.runs, failed: test.failures }, baseRate, 1)
  const afterOne = rate(test.afterOne[test.pattern & 1], all, 1)
  const afterTwo = rate(test.afterTwo[test.pattern & 3], afterOne, 1)
  const faded = test.rates.map((each) => 0.98 * each + 0.02 * baseRate)
  return [all, afterOne, afterTwo, ...faded].map(odds)
}

function contextsOf(test: TestMemory | undefined, { cycle, meanMs }: Background, warmth: number): number[] {
  const near = warmth <= 0 ? 0 : Math.max(1, Math.min(14, Math.round(8 + 2 * Math.log2(warmth))))
  if (test === undefined) return [1, NEW, NEW, NEW, NEW, NEW, near * 4]
  const { runs, failures, pattern, sinceFailure, interval } = test
  const failedBefore = failures > 0 ? 1 : 0
  const last = pattern & 1
  const verdicts = Math.min(6, runs)
  return [
    // Bursts and alternation: the last six verdicts. The leading 1 tells 0 of 2 from 0 of 6.
    (1 << verdicts) | (pattern & ((1 << verdicts) - 1)),
    // Flaky or once broken: how long ago, and how often.
    step(failedBefore * (sinceFailure + 1)) * 16 + step(failures),
    // How much it fails lately.
    Math.round(test.rates[1]! * 12) * 2 + last,
    // Young, or back after an absence.
    step(runs) * 64 + Math.min(3, step(cycle - test.seenIn - 1)) * 2 + failedBefore,
    // Long tests do more that can go wrong.
    relativeLength(test.durationMs, meanMs) * 2 + failedBefore,
    // Every so many runs.
    Math.min(10, failedBefore * (sinceFailure + 1)) * 16 + Math.min(15, interval),
    // Where it is warm just now.
    near * 4 + (failedBefore === 0 ? 0 : 1 + last),
  ]
}

/** 12 for a test of mean length, one more or less for each doubling; 0 for one that takes no time. */
const relativeLength = (ms: number, meanMs: number): number =>
  ms <= 0 || meanMs <= 0 ? 0 : Math.min(24, Math.max(1, 12 + Math.round(Math.log2(ms / meanMs))))

/** 0, 1, 2, 3, 4, 5, … in ever larger steps: a factor of 1.6 each. */
const step = (value: number): number =>
  value <= 0 ? 0 : Math.min(15, 1 + Math.floor(Math.log2(value) * 1.5))
