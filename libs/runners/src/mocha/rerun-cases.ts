import type { CaseRef } from '@muster/model'
import { keepCases } from './case-filter.ts'
import { describeMissing } from '../missing-cases.ts'
import type { MochaSuite } from './mocha-api.ts'
import type { RunWatch } from './run-watch.ts'

/**
 * Leaves out all other cases, as late as when mocha emits `start`: only then are all there, those that `--delay`
 * waits for too.
 * @param workspace its absolute root
 */
export const rerunCases =
  (workspace: string, root: MochaSuite, cases: readonly CaseRef[]): RunWatch =>
  (runner) => {
    let gone: readonly CaseRef[] = []
    runner.once('start', () => {
      const missing = keepCases(root, cases, workspace)
      // The `grep` option comes on top, and may leave none of them.
      gone = runner.grepTotal(root) === 0 ? cases : missing
    })
    return () => {
      const missing = describeMissing(gone, cases.length)
      return missing === undefined ? {} : { missing }
    }
  }
