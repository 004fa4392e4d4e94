import type { Capacity, Score, Suite, SuiteId } from '@muster/model'
import {
  beginRun,
  cyclesOfSuites,
  learnAll,
  paceOf,
  predictFailures,
  score,
  type FinishedUnit,
  type InRunOdds,
} from '@muster/scheduler'
import type { Memory } from '../evidence/suite-memory.ts'
import type { ChangeImpact } from './suite-request.ts'

/** Estimates follow the run's pace only when it has changed by more than this: reordering costs, and jitter is no news. */
const NEWS = 0.15

interface Known {
  readonly suite: Suite
  readonly estimateMs: number
  /** Of its failing in this run, before anything was seen of it. */
  readonly likelihood: number
  impact?: ChangeImpact
  observed?: { readonly likelihood: number; readonly why: string }
}

const NOT_COMPARED: ChangeImpact = { value: 0, why: 'not known yet what changed' }

/**
 * How much each suite of the run is worth to be run early, as it is known so far: what its past says, then what has
 * changed in its inputs, then what has failed in this run already.
 */
export class Scoring {
  private readonly memory: Memory
  private readonly capacity: Capacity
  private readonly suites = new Map<SuiteId, Known>()
  private readonly finished: FinishedUnit[] = []
  private pace = 1
  private odds: InRunOdds | undefined

  constructor(memory: Memory, capacity: Capacity) {
    this.memory = memory
    this.capacity = capacity
  }

  /** Takes in the suites of a submission. What never failed isn't worth a model. */
  add(suites: readonly { readonly suite: Suite; readonly estimateMs: number }[]): void {
    const results = new Map(suites.map(({ suite }) => [suite.id as string, this.memory.of(suite.id).results]))
    const hasFailures = [...results.values()].some((list) => list.some(({ failed }) => failed))
    const names = [...results.keys()]
    let likelihoods: readonly number[] = []
    if (hasFailures) {
      const memory = learnAll(cyclesOfSuites(results))
      likelihoods = predictFailures(memory, names)
      this.odds = beginRun(memory, new Map(names.map((name, index) => [name, likelihoods[index] ?? 0])))
    }
    suites.forEach(({ suite, estimateMs }, index) => {
      this.suites.set(suite.id, { suite, estimateMs, likelihood: likelihoods[index] ?? 0 })
    })
  }

  scoreOf(id: SuiteId): Score {
    const { suite, estimateMs, likelihood, impact = NOT_COMPARED, observed } = this.suites.get(id)!
    const cpus = suite.requires.cpus ?? 1
    return score(
      {
        priority: suite.priority,
        weight: suite.weight,
        failures: { likelihood, results: this.memory.of(id).results },
        change: { impact: impact.value, why: impact.why },
        cost: { estimateMs, share: cpus / this.capacity.cpus },
        ...(observed && { observed }),
      },
      Date.now(),
    )
  }

  /** @returns the suites whose score it changes */
  noteImpacts(impacts: Readonly<Record<string, ChangeImpact>>): SuiteId[] {
    return Object.entries(impacts).flatMap(([name, impact]) => {
      const known = this.suites.get(name as SuiteId)
      if (!known) return []
      known.impact = impact
      return [known.suite.id]
    })
  }

  /** @returns the suites whose score it changes: those that tend to fail, or pass, along with it */
  noteVerdict(id: SuiteId, failed: boolean): SuiteId[] {
    const changed = this.odds?.observe({ test: id, failed }) ?? new Map<string, number>()
    return [...changed].flatMap(([name, likelihood]) => {
      const known = this.suites.get(name as SuiteId)
      if (!known || known.suite.id === id) return []
      known.observed = { likelihood, why: `${id} has ${failed ? 'failed' : 'passed'} in this run` }
      return [known.suite.id]
    })
  }

  /** @returns what estimates are to be multiplied by, when that is news */
  notePace(estimateMs: number, actualMs: number): number | undefined {
    this.finished.push({ estimateMs, actualMs })
    const pace = paceOf(this.finished)
    if (Math.abs(Math.log(pace / this.pace)) < NEWS) return undefined
    this.pace = pace
    return pace
  }
}
