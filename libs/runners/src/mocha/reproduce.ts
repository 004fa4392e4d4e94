import { relative } from 'node:path'
import type { CaseRef } from '@muster/model'
import { shellWord } from '../shell-word.ts'
import { toArgv } from './argv.ts'
import { grepCases } from './grep-cases.ts'

export interface Reproduction {
  /** Workspace-relative folder of the suite. */
  readonly dir: string
  /** How mocha is started there. */
  readonly program: readonly string[]
  /** Absolute. */
  readonly cwd: string
  /** What Muster adds to the user's config. */
  readonly argv: readonly string[]
  readonly parsed: Readonly<Record<string, unknown>>
  readonly nodeOptions: readonly string[]
  /** Absolute, without those that the config's `file` names. */
  readonly files: readonly string[]
  /** The config names its own files: `used` by this suite, or `replaced` by the suite's include. */
  readonly spec: 'none' | 'used' | 'replaced'
  /** Only these run; empty for all cases of the files. */
  readonly cases: readonly CaseRef[]
}

/** A command that runs the same tests by mocha alone, typed at the workspace root. */
export function reproduceCommand(unit: Reproduction): string {
  const files = unit.files.map((file) => relative(unit.cwd, file))
  // Mocha adds the config's files to those typed, so a config whose files were replaced must be spelled out.
  const words =
    unit.spec === 'used'
      ? unit.argv
      : unit.spec === 'replaced'
        ? ['--no-config', '--no-package', ...spelledOut(unit), ...files]
        : [...unit.argv, ...files]
  const mocha = [...unit.program, ...words, ...grepCases(unit.cases, unit.parsed)].map(shellWord).join(' ')
  return unit.dir === '.' ? mocha : `(cd ${shellWord(unit.dir)} && ${mocha})`
}

/** Not told: what mocha sets by itself, and what makes no verdict. */
const UNTOLD: ReadonlySet<string> = new Set([
  '_',
  'config',
  'package',
  'node-option',
  'spec',
  'ignore',
  'extension',
  'diff',
  'watch-files',
  'watch-ignore',
])

function spelledOut({ parsed, nodeOptions }: Reproduction): string[] {
  const told = Object.entries(parsed).filter(([name]) => !UNTOLD.has(name))
  const values = told.map(([name, value]): [string, unknown] => [
    name,
    value instanceof RegExp ? String(value) : value,
  ])
  return [
    ...nodeOptions.map((option) => `--node-option=${option.replace(/^--/, '')}`),
    ...toArgv(Object.fromEntries(values)),
  ]
}
