import { appendToLog, foldLines, readLog } from './memory-log.ts'
import type { Remembered } from './remembered.ts'
import type { SuiteFold, SuiteMemory } from './suite-fold.ts'

export { compactMemory } from './memory-log.ts'
export type { Remembered } from './remembered.ts'
export type { SuiteMemory } from './suite-fold.ts'

/**
 * The little that must be known before the first unit starts. The history has all of it and more, but opening
 * a database costs more than a small suite, and losing this costs speed only.
 */
export interface Memory {
  of(suite: string): SuiteMemory
  /** All suites that were ever asked for or learned of, also those that this run doesn't have. */
  suites(): ReadonlySet<string>
  /** Best effort: a disk that refuses costs the next run some speed. */
  remember(entry: Remembered): void
}

/** Reads the log once. A missing or damaged one is an empty memory. */
export function openMemory(root: string): Memory {
  const { suites: lines } = readLog(root)
  const folds = new Map<string, SuiteFold>()
  const foldFor = (suite: string): SuiteFold => {
    let fold = folds.get(suite)
    if (fold === undefined) folds.set(suite, (fold = foldLines(lines.get(suite) ?? [])))
    return fold
  }
  return {
    of: (suite) => foldFor(suite).view(),
    suites: () => new Set([...lines.keys(), ...folds.keys()]),
    remember(entry) {
      foldFor(entry.suite).learn(entry)
      appendToLog(root, entry)
    },
  }
}
