import type { RunnerSpec } from '@muster/model'
import { commandRunner } from './command/command-runner.ts'
import { mochaRunner } from './mocha/mocha-runner.ts'
import type { Runner } from './runner.ts'

export const RUNNERS = { mocha: mochaRunner, command: commandRunner } as const satisfies Record<
  RunnerSpec['name'],
  Runner
>

export const runnerFor = (spec: RunnerSpec): Runner => RUNNERS[spec.name]
