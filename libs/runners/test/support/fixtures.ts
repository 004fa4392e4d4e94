import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MOCHA_INCLUDE, suiteId, type RunnerSpec, type Suite, type UnitPart } from '@muster/model'
import { RUNNERS, type InProcessProgram, type RunnerContext } from '../../src/index.ts'
import { copyFixtures } from './copy-fixtures.ts'

export const ROOT = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/[\\/]$/, '')

/**
 * The fixtures, with the workspace's mocha. To run them with another one, copy them beside its node_modules and
 * name the copy in MUSTER_MOCHA_FIXTURES.
 */
export const MOCHA_FIXTURES =
  process.env['MUSTER_MOCHA_FIXTURES'] ??
  copyFixtures(fileURLToPath(new URL('../fixtures/mocha', import.meta.url)), join(ROOT, 'node_modules'))

/** Packs are kept between test runs, as they are between a user's runs. */
export const CONTEXT: RunnerContext = {
  root: ROOT,
  cacheDir: join(tmpdir(), 'muster-runner-tests'),
  env: process.env,
}

/** Of the fixtures of mocha. */
export const MOCHA_CONTEXT: RunnerContext = { ...CONTEXT, root: dirname(MOCHA_FIXTURES) }

export const fixtureSuite = (
  name: string,
  runner: RunnerSpec = { name: 'mocha', options: {} },
  rest: Partial<Suite> = {},
): Suite =>
  suiteAt(relative(MOCHA_CONTEXT.root, join(MOCHA_FIXTURES, name)).split(sep).join('/'), runner, rest)

export const suiteAt = (dir: string, runner: RunnerSpec, rest: Partial<Suite> = {}): Suite => ({
  id: suiteId('fixture'),
  kind: 'unit',
  priority: 'medium',
  dir,
  source: `${dir}/suite.json`,
  runner,
  include: MOCHA_INCLUDE,
  exclude: [],
  covers: [],
  dependsOn: [],
  inputs: [],
  outputs: [],
  env: [],
  timeoutMs: 60_000,
  slowAfterMs: 60_000,
  isolation: 'process',
  allowNoTests: false,
  requires: { labels: [], exclusive: [], semaphores: {} },
  limits: {},
  retries: { count: 0, delayMs: 0 },
  flaky: { verdict: 'pass', cache: false },
  weight: 1,
  halt: 'dependents',
  ...rest,
})

/** The program of a mocha suite that must be preparable. */
export async function prepareMocha(
  suite: Suite,
  context: RunnerContext = MOCHA_CONTEXT,
  part?: UnitPart,
): Promise<InProcessProgram> {
  const prepared = await RUNNERS.mocha.prepare(suite, context, part)
  if (!prepared.ok) throw new Error(prepared.error.message)
  if (prepared.value.type !== 'in-process') throw new Error('mocha must run in process')
  return prepared.value
}
