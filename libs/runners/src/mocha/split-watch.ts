import type { MochaInput } from './input.ts'
import { FileTimes } from './file-times.ts'
import type { MochaRootSuite } from './mocha-api.ts'
import { watchRootHooks } from './root-hooks.ts'
import type { RunWatch } from './run-watch.ts'
import { wholeReason } from './whole-reason.ts'

/**
 * Learns how a suite could be split: what each file takes, and whether files depend on each other.
 * @param root before its files are loaded
 * @param plugins what the `require`d modules export to mocha
 */
export function splitWatch(
  unit: MochaInput,
  root: MochaRootSuite,
  plugins: Readonly<Record<string, unknown>>,
): RunWatch {
  const times = new FileTimes()
  times.watchLoading(root)
  const rootHookFile = watchRootHooks(root, new Set(unit.shared))
  return (runner) => {
    let whole: string | undefined
    times.watchRunning(runner)
    runner.once('start', () => (whole = wholeReason(unit, { root, plugins, rootHookFile: rootHookFile() })))
    return () => ({ ...(whole !== undefined && { whole }), fileMs: times.byFile(unit.root) })
  }
}
