import { lowerBound } from '../bound/lower-bound.ts'
import type { ScheduledUnit } from '../scheduled-unit.ts'
import type { SchedulerOptions } from '../scheduler.ts'
import { sample } from '../sample.ts'
import { simulate } from './simulate.ts'

/** Units simulated in all: some 0.2 s. */
const MOST_UNITS = 20_000
const MOST_TRIES = 24
/** So far above the lower bound there is nothing left to gain. */
const GOOD_ENOUGH = 1.005

/** Factors on all urgencies: with larger ones length decides earlier. */
const HURRIES = [1.4, 2, 3, 5, 10]
/** So much longer than the bound may a run be for the sake of early feedback. */
const BALANCE = 1.05

/**
 * The same units with nudges that make the simulated run shorter. The same units give the same answer; 0.2 s for 1,000 units.
 *
 * - `makespan`: longest path first is good, but with few units a slightly different order is often better by some per cent,
 *   and which one can only be tried out.
 * - `balanced`: how early length must take over from value depends on the units; the latest that keeps the run within 5 % of
 *   the lower bound is taken.
 * - `feedback`, and with a budget: left as they are.
 */
export function rehearse(
  units: readonly ScheduledUnit[],
  options: SchedulerOptions,
): readonly ScheduledUnit[] {
  const tries = Math.min(MOST_TRIES, Math.floor(MOST_UNITS / units.length))
  const { objective, capacity, budgetMs } = options
  if (objective === 'feedback' || budgetMs !== undefined || units.length === 0) return units
  const enough = (objective === 'makespan' ? GOOD_ENOUGH : BALANCE) * lowerBound(units, capacity)
  let best = units
  let leastMs = simulate(units, options).makespanMs
  for (const candidate of objective === 'makespan' ? shaken(units, tries) : hurried(units, tries)) {
    if (leastMs <= enough) break
    const { makespanMs } = simulate(candidate, options)
    if (makespanMs >= leastMs) continue
    best = candidate
    leastMs = makespanMs
  }
  return best
}

/** Factors between 0.35 and 2.8, most of them near 1. */
function* shaken(units: readonly ScheduledUnit[], tries: number): Generator<readonly ScheduledUnit[]> {
  for (let n = 1; n <= tries; n++) {
    const noise = noiseOf(n)
    yield units.map((unit) => ({ ...unit, nudge: 2 ** (noise() + noise() + noise() - 1.5) }))
  }
}

function* hurried(units: readonly ScheduledUnit[], tries: number): Generator<readonly ScheduledUnit[]> {
  for (const nudge of sample(HURRIES, tries)) yield units.map((unit) => ({ ...unit, nudge }))
}

/** Numbers from 0 to 1 that look random (xorshift32). */
function noiseOf(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
