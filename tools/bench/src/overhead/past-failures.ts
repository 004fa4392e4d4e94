import type { Memory } from '@muster/engine/run'

const RUNS = 5
const HOUR_MS = 3_600_000

/** The `n`th suite in a run: one in twenty fails in every third of them, always together with the same others. */
const failsIn = (run: number, n: number): boolean => n % 20 === 0 && (n / 20 + run) % 3 === 0

/** Five runs, the last an hour ago. */
export function rememberRuns(memory: Memory, suites: readonly string[], now: number): void {
  for (let run = 0; run < RUNS; run++) {
    const at = now - (RUNS - run) * HOUR_MS
    suites.forEach((suite, n) => {
      memory.remember({ suite, at, passed: !failsIn(run, n), machine: 'bench', durationMs: 1, busy: 1 })
    })
  }
}

/** Which fail now. */
export const brokenNow = (suites: readonly string[]): ReadonlySet<string> =>
  new Set(suites.filter((_, n) => failsIn(RUNS, n)))
