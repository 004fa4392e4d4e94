import { err, ok, type Result, type ToolName } from '@muster/model'
import { commandWords } from './command-words.ts'
import { FLAG_RULES } from './flag-rules.ts'
import { mochaWords } from './mocha-words.ts'
import { namedTests } from './named-tests.ts'
import type { TestCommand } from './test-command.ts'
import { readFlags } from './tool-flags.ts'

/** Words that only start the program that follows. */
const LAUNCHERS: readonly (readonly string[])[] = [
  ['npx', '--no-install'],
  ['npx', '--yes'],
  ['npx', '-y'],
  ['npx'],
  ['bunx'],
  ['npm', 'exec', '--'],
  ['pnpm', 'exec'],
  ['pnpm'],
  ['yarn', 'exec'],
  ['yarn'],
  ['uv', 'run'],
  ['poetry', 'run'],
]
const VITEST_OTHERS = new Set(['watch', 'dev', 'related', 'bench', 'init', 'list'])

/**
 * A command line as a suite would say it.
 * @param mochaSpec files of the project's mocha configuration
 * @returns else why it isn't one run of one known test runner, as half a sentence
 */
export function readCommand(command: string, mochaSpec: readonly string[] = []): Result<TestCommand, string> {
  const words = commandWords(command)
  if (!words.ok) return words
  const [program, ...rest] = withoutLauncher(words.value)
  if (program === undefined) return err('it is empty')
  const variable = /^([A-Za-z_]\w*)=/.exec(
    /^cross-env(-shell)?$/.test(program) ? (rest[0] ?? '') : program,
  )?.[1]
  if (variable !== undefined) return err(`it sets ${variable} in the environment`)
  switch (program) {
    case 'mocha':
    case '_mocha':
      return mochaWords(rest, mochaSpec)
    case 'node':
      return rest.includes('--test') ? readTool('node:test', rest) : err('node is called without --test')
    case 'tsx':
      return rest.includes('--test')
        ? readTool('node:test', ['--import', 'tsx', ...rest])
        : err('tsx is called without --test')
    case 'vitest':
      if (VITEST_OTHERS.has(rest[0] ?? '')) return err(`vitest ${rest[0]} is no plain run`)
      return readTool('vitest', rest[0] === 'run' ? rest.slice(1) : rest)
    case 'jest':
    case 'pytest':
      return readTool(program, rest)
    case 'python':
    case 'python3':
      return rest[0] === '-m' && rest[1] === 'pytest'
        ? readTool('pytest', rest.slice(2))
        : err(`${program} is called without -m pytest`)
    case 'playwright':
    case 'go':
    case 'cargo':
      return rest[0] === 'test'
        ? readTool(program, rest.slice(1))
        : err(`${program} ${rest[0] ?? ''} runs no tests`)
    default:
      return err(`${program} is no test runner that Muster knows`)
  }
}

/** Tools that are content with no test at all, and so would have been the target. */
export const PASSES_EMPTY: ReadonlySet<string> = new Set<ToolName>(['node:test', 'go', 'cargo'])

/** @param words what follows the tool's name on its command line */
export function readTool(name: ToolName, words: readonly string[]): Result<TestCommand, string> {
  const flags = readFlags(words, FLAG_RULES[name])
  if (!flags.ok) return flags
  const { config, allowNoTests, args, positional } = flags.value
  if (name !== 'cargo' && args.includes('--')) return err('it hands arguments on behind --')
  const include = namedTests(name, positional)
  if (!include.ok) return include
  return ok({
    runner: {
      name,
      args,
      ...(config !== undefined && { config: config.replace(/^\.\//, '') }),
    },
    ...(include.value.length > 0 && { include: include.value }),
    ...((allowNoTests || PASSES_EMPTY.has(name)) && { allowNoTests: true }),
  })
}

function withoutLauncher(words: readonly string[]): readonly string[] {
  const launcher = LAUNCHERS.find((each) => each.every((word, index) => words[index] === word))
  return launcher ? words.slice(launcher.length) : words
}
