import { sample } from '../sample.ts'
import type { Load } from './load.ts'

/** Loads times windows times guesses that are looked at, in all: about 0.1 s. */
const EFFORT = 6_000_000
const GUESSES = 7
const MOST_TIMES = 60

/**
 * What must lie within a window whatever the schedule (Fernandez and Bussell 1973): to end at `guessMs`, a load can't start after
 * that minus its tail and itself, so a part of it lies between any two times. When a window has more than fits in, no
 * schedule ends by then. The bound is searched between `fromMs` and what the fullest window asks for.
 */
export function energyBound(loads: readonly Load[], fromMs: number): number {
  const windows = Math.min(MOST_TIMES, Math.floor(Math.sqrt(EFFORT / GUESSES / Math.max(1, loads.length))))
  const starts = sample(distinct(loads.flatMap(({ headMs, ms }) => [headMs, headMs + ms])), windows)
  const ends = sample(distinct(loads.flatMap(({ tailMs, ms }) => [tailMs, tailMs + ms])), windows)
  let bound = fromMs
  for (let n = 0; n < GUESSES; n++) {
    const excess = mostExcess(loads, bound, starts, ends)
    if (excess <= 1e-6 * bound) break
    // The window's overload has to go somewhere, and only a later end gives it room: at least so much.
    bound += excess
  }
  return bound
}

const distinct = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b)

/** How much more work than time the fullest window has; 0 when all of it fits. */
function mostExcess(
  loads: readonly Load[],
  endMs: number,
  starts: readonly number[],
  ends: readonly number[],
): number {
  let most = 0
  for (const startMs of starts) {
    for (const fromEndMs of ends) {
      const untilMs = endMs - fromEndMs
      if (untilMs <= startMs) continue
      let workMs = 0
      for (const { ms, headMs, tailMs, workMs: all } of loads) {
        const inside = Math.min(ms, untilMs - startMs, headMs + ms - startMs, untilMs - (endMs - tailMs - ms))
        if (inside > 0) workMs += (inside / ms) * all
      }
      most = Math.max(most, workMs - (untilMs - startMs))
    }
  }
  return most
}
