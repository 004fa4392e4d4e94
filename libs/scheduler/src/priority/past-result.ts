import type { TestVerdict, VerdictCycle } from './verdict-cycle.ts'

/** How one execution of a suite ended. */
export interface PastResult {
  /** Milliseconds since the epoch; 0 when it isn't known. */
  readonly at: number
  readonly failed: boolean
  /** Test files with failures; undefined when only the suite's verdict is known. */
  readonly failedFiles?: readonly string[]
}

/** Suites of one run start closer together than this; longer ones split a run in two, which costs the predictor little. */
const PAUSE_MS = 15 * 60_000

/**
 * The runs behind the results of each suite, oldest first. Results don't say which run they are from, so a run ends
 * before a pause, and before a suite comes again.
 *
 * @param results by suite; each list oldest first, which decides where times are equal or unknown
 */
export function cyclesOfSuites(results: ReadonlyMap<string, readonly PastResult[]>): VerdictCycle[] {
  const all = [...results].flatMap(([test, list]) => list.map(({ at, failed }) => ({ test, at, failed })))
  const cycles: TestVerdict[][] = []
  let names = new Set<string>()
  let last = Number.NaN
  for (const { test, at, failed } of all.sort((a, b) => a.at - b.at)) {
    if (!(at - last <= PAUSE_MS) || names.has(test)) {
      cycles.push([])
      names = new Set()
    }
    cycles.at(-1)!.push({ test, failed })
    names.add(test)
    last = at
  }
  return cycles
}

/**
 * The same for the test files of one suite, oldest first. A file that isn't named by a failed result has passed in it;
 * a failed result that names no file says nothing about files and is left out.
 */
export function cyclesOfFiles(results: readonly PastResult[], files: readonly string[]): VerdictCycle[] {
  return results.flatMap(({ failed, failedFiles }) => {
    if (failed && failedFiles === undefined) return []
    const bad = new Set(failedFiles)
    return [files.map((test) => ({ test, failed: bad.has(test) }))]
  })
}
