import { fileURLToPath } from 'node:url'
import type { HyperfineSpec, Suite, TestCase, TinybenchSpec } from '@muster/model'
import { SCHEDULING_DEFAULTS, suiteId } from '@muster/model'
import type { InProcessProgram, Runner, RunnerContext } from '../../src/index.ts'
import { runProgram, type UnitRun } from './run-program.ts'

export const CONTEXT: RunnerContext = {
  root: fileURLToPath(new URL('../fixtures', import.meta.url)).replace(/\/$/, ''),
  cacheDir: '/nonexistent',
  env: process.env,
}

export const QUICK: TinybenchSpec = {
  name: 'tinybench',
  rounds: 3,
  maxRounds: 3,
  warmup: 1,
  sliceMs: 5,
  budgetMs: 5000,
  pin: false,
  nodeOptions: [],
}

export const benchSuite = (
  dir: string,
  runner: TinybenchSpec | HyperfineSpec,
  change: Partial<Suite> = {},
): Suite => ({
  ...SCHEDULING_DEFAULTS,
  id: suiteId('benches'),
  kind: 'performance',
  priority: 'medium',
  dir,
  source: `${dir}/suite.json`,
  runner,
  include: ['**/*.bench.{js,mjs,ts}'],
  exclude: [],
  covers: [],
  dependsOn: [],
  inputs: [],
  outputs: [],
  env: [],
  timeoutMs: 60_000,
  slowAfterMs: 60_000,
  isolation: 'auto',
  allowNoTests: false,
  ...change,
})

/** @throws the problem, if it can't be prepared */
export async function runSuite(runner: Runner, suite: Suite): Promise<UnitRun> {
  const prepared = await runner.prepare(suite, CONTEXT)
  if (!prepared.ok) throw new Error(prepared.error.message)
  return runProgram(prepared.value as InProcessProgram)
}

export const byName = (cases: readonly TestCase[]): Map<string, TestCase> =>
  new Map(cases.map((each) => [each.path.join(' › '), each]))
