import {
  adaptedOrder,
  beginRun,
  emptyFailureMemory,
  expectedDurations,
  learnCycle,
  predictFailures,
  worthAgainstTime,
  type FailureMemory,
} from '@muster/scheduler'
import type { Cycle } from './test-history.ts'

/** An order for each measure: who counts places lets all tests cost the same. */
export interface Orders {
  readonly byPlace: readonly number[]
  readonly byTime: readonly number[]
}

/** What Muster would do: `fixed` before the run, `adapted` with each verdict as it comes. */
export interface MusterOrders {
  readonly fixed: Orders
  readonly adapted: Orders
}

export class Muster {
  readonly #memory: FailureMemory = emptyFailureMemory()

  /** @param failed is asked for the verdict of a test only once that has its place in the order */
  orders(tests: readonly string[], failed: (index: number) => boolean): MusterOrders {
    const memory = this.#memory
    const likelihoods = predictFailures(memory, tests)
    const durations = expectedDurations(memory, tests)
    const worth = worthAgainstTime(memory, durations)
    const perTime = (now: number, index: number): number => worth(likelihoods[index]!, durations[index]!, now)
    const candidates = tests.map((test, i) => ({ test, likelihood: likelihoods[i]! }))
    const run = () => beginRun(memory, new Map(candidates.map(({ test, likelihood }) => [test, likelihood])))
    return {
      fixed: {
        byPlace: descending(likelihoods),
        byTime: descending(likelihoods.map(perTime)),
      },
      adapted: {
        byPlace: adaptedOrder(candidates, failed, run()),
        byTime: adaptedOrder(candidates, failed, run(), perTime),
      },
    }
  }

  learn({ executions }: Cycle): void {
    learnCycle(
      this.#memory,
      executions.map(({ test, failed, duration }) => ({ test, failed, durationMs: duration })),
    )
  }
}

const descending = (values: readonly number[]): number[] =>
  values.map((_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b)
