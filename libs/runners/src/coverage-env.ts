import type { RunnerSpec, Suite } from '@muster/model'

/** Those that leave the counting of what they start to Node. */
const COUNTED_BY_NODE: ReadonlySet<RunnerSpec['name']> = new Set(['mocha', 'command'])

/**
 * What the processes that a unit starts must see for their coverage to be counted. A command that writes coverage
 * files of its own is left alone; other runners see to it themselves.
 * @param dir the unit's `coverageDir`
 */
export function coverageEnv({ runner, coverage }: Suite, dir: string): Readonly<Record<string, string>> {
  const own = (coverage?.files.length ?? 0) > 0
  return COUNTED_BY_NODE.has(runner.name) && !own ? { NODE_V8_COVERAGE: dir } : {}
}
