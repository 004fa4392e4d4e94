import type { RunnerSpec } from '@muster/model'
import { cargoRunner } from './cargo/cargo-runner.ts'
import { commandRunner } from './command/command-runner.ts'
import { goRunner } from './go/go-runner.ts'
import { hyperfineRunner } from './hyperfine/hyperfine-runner.ts'
import { jestRunner } from './jest/jest-runner.ts'
import { mochaRunner } from './mocha/mocha-runner.ts'
import { nodeTestRunner } from './node-test/node-test-runner.ts'
import { playwrightRunner } from './playwright/playwright-runner.ts'
import { pytestRunner } from './pytest/pytest-runner.ts'
import type { Runner } from './runner.ts'
import { tinybenchRunner } from './tinybench/tinybench-runner.ts'
import { vitestRunner } from './vitest/vitest-runner.ts'

export const RUNNERS = {
  mocha: mochaRunner,
  'node:test': nodeTestRunner,
  vitest: vitestRunner,
  jest: jestRunner,
  playwright: playwrightRunner,
  pytest: pytestRunner,
  go: goRunner,
  cargo: cargoRunner,
  tinybench: tinybenchRunner,
  hyperfine: hyperfineRunner,
  command: commandRunner,
} as const satisfies Record<RunnerSpec['name'], Runner>

export const runnerFor = (spec: RunnerSpec): Runner => RUNNERS[spec.name]
