import type { RunnerSpec } from '@muster/model'
import { lazyRunner, lazySplittingRunner } from './lazy-runner.ts'
import type { Runner } from './runner.ts'

export const RUNNERS = {
  mocha: lazySplittingRunner('mocha', async () => (await import('./mocha/mocha-runner.ts')).mochaRunner),
  'node:test': lazySplittingRunner(
    'node:test',
    async () => (await import('./node-test/node-test-runner.ts')).nodeTestRunner,
  ),
  vitest: lazySplittingRunner('vitest', async () => (await import('./vitest/vitest-runner.ts')).vitestRunner),
  jest: lazySplittingRunner('jest', async () => (await import('./jest/jest-runner.ts')).jestRunner),
  playwright: lazySplittingRunner(
    'playwright',
    async () => (await import('./playwright/playwright-runner.ts')).playwrightRunner,
  ),
  pytest: lazySplittingRunner('pytest', async () => (await import('./pytest/pytest-runner.ts')).pytestRunner),
  go: lazySplittingRunner('go', async () => (await import('./go/go-runner.ts')).goRunner),
  cargo: lazyRunner('cargo', async () => (await import('./cargo/cargo-runner.ts')).cargoRunner),
  tinybench: lazyRunner(
    'tinybench',
    async () => (await import('./tinybench/tinybench-runner.ts')).tinybenchRunner,
  ),
  hyperfine: lazyRunner(
    'hyperfine',
    async () => (await import('./hyperfine/hyperfine-runner.ts')).hyperfineRunner,
  ),
  command: lazyRunner('command', async () => (await import('./command/command-runner.ts')).commandRunner),
} as const satisfies Record<RunnerSpec['name'], Runner>

/** What runners can begin before a suite is known. @param root absolute @param cacheDir absolute */
export async function warmRunners(root: string, cacheDir: string): Promise<void> {
  const { warmMocha } = await import('./mocha/warm-mocha.ts')
  warmMocha(root, cacheDir)
}

export const runnerFor = (spec: RunnerSpec): Runner => RUNNERS[spec.name]
