import type { SuiteId } from '@muster/model'
import { estimateCorrection, type EstimateCorrection } from './estimate-correction.ts'
import { runningAttempt } from './progress-totals.ts'
import { suiteOutcome, type ProgressState, type SuiteProgress, type UnitProgress } from './progress-state.ts'

export interface TimeLeft {
  readonly ms: number
  /** False when the duration of something left can't even be guessed: then it is at least `ms`. */
  readonly certain: boolean
}

/**
 * What runs longer than it should is expected to take this share of its time so far on top. Without it the time
 * left would stand at nothing while a suite overruns.
 */
const OVERRUN = 0.15

/**
 * What is left: the work spread evenly over the workers, or the longest chain of suites that wait for each other,
 * whichever is longer. Changes little from event to event: each unit is corrected by how all finished ones
 * compared with their estimates, and one that overruns grows with its time instead of jumping.
 * @param now milliseconds since the epoch
 * @returns undefined while nothing is known about anything left
 */
export function timeLeft(state: ProgressState, now: number): TimeLeft | undefined {
  const correction = estimateCorrection(state)
  const own = new Map<SuiteId, SuiteLeft>()
  let work = 0
  let known = 0
  let unknown = 0
  for (const suite of state.suites.values()) {
    if (suiteOutcome(suite)) continue
    const left = suiteLeft(suite, correction, now)
    own.set(suite.suite, left)
    work += left.work
    known += left.known
    unknown += left.unknown
  }
  if (known === 0) return undefined
  const longest = longestChain(state, own)
  return { ms: Math.max(longest, work / Math.max(1, state.workers)), certain: unknown === 0 }
}

interface SuiteLeft {
  /** Time of workers, milliseconds. */
  readonly work: number
  /** Until its last unit could be done if each had a worker. */
  readonly longest: number
  readonly known: number
  readonly unknown: number
}

function suiteLeft(suite: SuiteProgress, correction: EstimateCorrection, now: number): SuiteLeft {
  if (suite.units.size === 0) {
    const expected = correction.expected(suite.estimateMs)
    return expected === undefined
      ? { work: 0, longest: 0, known: 0, unknown: 1 }
      : { work: expected, longest: expected, known: 1, unknown: 0 }
  }
  let [work, longest, known, unknown] = [0, 0, 0, 0]
  for (const unit of suite.units.values()) {
    if (unit.outcome) continue
    const left = unitLeft(unit, correction, now)
    if (left === undefined) unknown++
    else known++
    work += left ?? 0
    longest = Math.max(longest, (left ?? 0) + Math.max(0, (unit.retry?.at ?? now) - now))
  }
  return { work, longest, known, unknown }
}

function unitLeft(unit: UnitProgress, correction: EstimateCorrection, now: number): number | undefined {
  const running = runningAttempt(unit)
  const expected = correction.expected(unit.estimateMs)
  if (!running) return expected
  const elapsed = Math.max(0, now - running.startedAt)
  return Math.max((expected ?? 0) - elapsed, elapsed * OVERRUN)
}

/** Over the suites left, along what they depend on. The graph has no cycles; a damaged journal's may. */
function longestChain(state: ProgressState, own: ReadonlyMap<SuiteId, SuiteLeft>): number {
  const until = new Map<SuiteId, number>()
  const visit = (id: SuiteId): number => {
    const known = until.get(id)
    if (known !== undefined) return known
    until.set(id, 0)
    const self = own.get(id)
    if (!self) return 0
    let after = 0
    for (const dependency of state.suites.get(id)?.dependsOn ?? []) after = Math.max(after, visit(dependency))
    until.set(id, after + self.longest)
    return after + self.longest
  }
  let longest = 0
  for (const id of own.keys()) longest = Math.max(longest, visit(id))
  return longest
}
