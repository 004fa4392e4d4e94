import { posix } from 'node:path'
import { err, ok, type Result, type ToolName } from '@muster/model'
import { isRecord } from '../inference/workspace-files.ts'
import { optionWords } from './option-words.ts'
import type { Json } from './own-target.ts'
import { readCommand, readTool } from './read-command.ts'
import type { TestCommand } from './test-command.ts'

/** Executors that run one test runner, and their option for its configuration file (from the workspace root). */
const TEST_EXECUTORS: Readonly<Record<string, { readonly tool: ToolName; readonly config: string }>> = {
  '@nx/vite:test': { tool: 'vitest', config: 'configFile' },
  '@nx/vitest:test': { tool: 'vitest', config: 'configFile' },
  '@nx/jest:jest': { tool: 'jest', config: 'jestConfig' },
  '@nx/playwright:playwright': { tool: 'playwright', config: 'config' },
}

export const isTestExecutor = (executor: unknown): boolean =>
  typeof executor === 'string' && Object.hasOwn(TEST_EXECUTORS, executor)

/**
 * What a target with an executor or a command runs.
 * @param root the project's folder
 * @returns else why a suite can't run the same, as half a sentence
 */
export function executorCommand(
  target: Json,
  root: string,
  mochaSpec: readonly string[],
): Result<TestCommand, string> {
  const options = isRecord(target['options']) ? target['options'] : {}
  const chosen = target['defaultConfiguration']
  if (chosen !== undefined) return err(`it has a default configuration (${JSON.stringify(chosen)})`)
  const { executor, command } = target
  if (typeof command === 'string') return runCommands({ ...options, command }, root, mochaSpec)
  if (executor === 'nx:run-commands') return runCommands(options, root, mochaSpec)
  const known = typeof executor === 'string' ? TEST_EXECUTORS[executor] : undefined
  if (!known) return err(`Muster doesn't know what ${String(executor)} runs`)
  const { [known.config]: config, ...others } = options
  const words = optionWords(others)
  if (!words.ok) return words
  const file = typeof config === 'string' ? ['--config', posix.relative(root, stripToken(config, root))] : []
  return readTool(known.tool, [...file, ...words.value])
}

const stripToken = (path: string, root: string): string =>
  path.replace(/^\{workspaceRoot\}\//, '').replace(/^\{projectRoot\}/, root)

function runCommands(options: Json, root: string, mochaSpec: readonly string[]): Result<TestCommand, string> {
  const { command, commands, cwd, color: _color, forwardAllArgs: _forward, ...others } = options
  const all = [command, ...(Array.isArray(commands) ? (commands as unknown[]) : [])]
    .map((each) => (isRecord(each) ? each['command'] : each))
    .filter((each) => typeof each === 'string')
  const [only] = all
  if (only === undefined || all.length > 1) return err('it runs several commands')
  const folder = typeof cwd === 'string' ? stripToken(cwd, root).replace(/^\.\/|\/+$/g, '') : '.'
  if (folder !== root) return err("it doesn't run in the project's folder")
  const words = optionWords(others)
  if (!words.ok) return words
  const quoted = words.value.map((word) => `'${word}'`)
  const read = readCommand([only, ...quoted].join(' '), mochaSpec)
  return read.ok ? ok(read.value) : read
}
