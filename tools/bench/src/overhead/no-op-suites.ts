import { SCHEDULING_DEFAULTS, suiteId, type Suite } from '@muster/model'
import type { SuiteRequest } from '@muster/engine/run'

/** All in one folder, which has to exist: their command is looked at, but never run. */
export const NO_OP_DIR = 'packages'

/** Suites of one unit each, without an edge between them. */
export const noOpSuites = (count: number): SuiteRequest[] =>
  Array.from({ length: count }, (_, n) => ({
    suite: noOpSuite(`no-op-${n}`),
    task: `no-op-${n}:test`,
    dependsOn: [],
  }))

const noOpSuite = (name: string): Suite => ({
  id: suiteId(name),
  kind: 'unit',
  priority: 'medium',
  dir: NO_OP_DIR,
  source: `${NO_OP_DIR}/${name}/suite.json`,
  runner: { name: 'command', command: 'true', results: { format: 'exit-code' } },
  include: [],
  exclude: [],
  covers: [],
  dependsOn: [],
  inputs: [],
  outputs: [],
  env: [],
  timeoutMs: 60_000,
  slowAfterMs: 10_000,
  isolation: 'auto',
  allowNoTests: false,
  ...SCHEDULING_DEFAULTS,
})
