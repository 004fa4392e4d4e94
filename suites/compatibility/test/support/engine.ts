import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDispatcher, createUnitRunner, openMemory, systemClock } from '@muster/engine/run'
import {
  MOCHA_INCLUDE,
  runId,
  SCHEDULING_DEFAULTS,
  suiteId,
  unitId,
  type Isolation,
  type RunEvent,
  type Suite,
} from '@muster/model'
import type { UnitProgram } from '@muster/runners'
import { createPool, type WorkerPool } from '@muster/workers'
import { verdictOf, type UnitVerdict } from './verdict.ts'

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url))
const FIXTURES = path.join(REPOSITORY, 'libs/runners/test/fixtures/mocha')
// Hosts and their entries run as they are shipped: built. No hook: one around all files would forbid to split them.
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'libs/engine/tsconfig.lib.json'], {
  cwd: REPOSITORY,
})

const RUN = runId(new Date(0), 'compat')

export interface Engine {
  /** Runs a fixture, one after the other: there is one worker. */
  readonly run: (fixture: string, isolation: Isolation, changes?: Partial<Suite>) => Promise<UnitVerdict>
  /** Absolute; runs leave their files here. */
  readonly root: string
}

/** A pool of one worker with the engine's unit runner on it, in a workspace of its own. */
export async function withEngine(
  use: (engine: Engine) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const root = await mkdtemp(path.join(tmpdir(), 'muster-compatibility-'))
  // Outside of this repository, whose own mocha configuration would have them all run in processes.
  await cp(FIXTURES, path.join(root, 'fixtures/mocha'), { recursive: true })
  await symlink(path.join(REPOSITORY, 'node_modules'), path.join(root, 'node_modules'), 'dir')
  const whole = { ...plainEnv(), MUSTER_FIXTURE_CHILD_SECONDS: '60', ...env }
  const pool = shipped(createPool({ workers: 1, root, env: whole, graceMs: 300 }))
  const events: RunEvent[] = []
  const journal = {
    append: (event: RunEvent) => void events.push(event),
    sync() {},
    close: () => Promise.resolve(),
    unwritten: [],
  }
  const dispatcher = createDispatcher(RUN, journal, systemClock, [])
  const options = {
    root,
    memory: openMemory(root),
    env: whole,
    timeoutMs: undefined,
    quarantine: { loaded: Promise.resolve(), reasonFor: () => undefined, concerns: () => false },
  }
  const start = createUnitRunner(options, dispatcher, pool, systemClock)
  try {
    await use({
      root,
      async run(fixture, isolation, changes = {}) {
        events.length = 0
        const suite = { ...fixtureSuite(fixture, isolation), ...changes }
        const unit = { id: unitId(suite.id), suite: suite.id, part: {}, estimateMs: 1 }
        const outcome = await start({ suite, unit, carried: [], attempts: [] }, 0).done
        return verdictOf(events, outcome)
      },
    })
  } finally {
    await pool.close()
    // A pack of mocha may still be written to the cache.
    await rm(root, { recursive: true, maxRetries: 20, retryDelay: 50 })
  }
}

const fixtureSuite = (name: string, isolation: Isolation): Suite => ({
  id: suiteId(`${name}-${isolation}`),
  kind: 'unit',
  priority: 'medium',
  dir: `fixtures/mocha/${name}`,
  source: `fixtures/mocha/${name}/suite.json`,
  runner: { name: 'mocha', options: {} },
  include: MOCHA_INCLUDE,
  exclude: [],
  covers: [],
  dependsOn: [],
  inputs: [],
  outputs: [],
  env: [],
  timeoutMs: 15_000,
  slowAfterMs: 60_000,
  isolation,
  allowNoTests: false,
  ...SCHEDULING_DEFAULTS,
})

/** Loaded from its sources the runner names a source file for the workers, which have no loader for it. */
const built = (program: UnitProgram): UnitProgram =>
  program.type === 'command'
    ? program
    : { ...program, entry: program.entry.replace(/([\\/])src([\\/][^.]*)\.ts$/, '$1dist$2.js') }

function shipped(pool: WorkerPool): WorkerPool {
  return {
    run: (order, listener) => pool.run({ ...order, program: built(order.program) }, listener),
    runStep: (order) => pool.runStep(order),
    usageNow: () => pool.usageNow(),
    close: () => pool.close(),
  }
}

/** What a shell would give mocha: not what the mocha that runs this suite, or Muster around it, has added. */
const plainEnv = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (pair): pair is [string, string] =>
        pair[1] !== undefined && !/^(NODE_OPTIONS|MUSTER_(?!ATTEMPT)|NX_)/.test(pair[0]),
    ),
  )
