import type { MochaSuite } from './mocha-api.ts'
import type { RunWatch } from './run-watch.ts'

/**
 * Ends the run with its first failure, hooks behind it included, as mocha's `bail` does. Only when all is loaded, and
 * after the other watches: a suite that bails by itself must not be split.
 */
export const endAtFirstFailure =
  (root: MochaSuite): RunWatch =>
  (runner) => {
    runner.once('start', () => bail(root))
    return () => ({})
  }

function bail(suite: MochaSuite): void {
  suite.bail(true)
  for (const child of suite.suites) bail(child)
}
