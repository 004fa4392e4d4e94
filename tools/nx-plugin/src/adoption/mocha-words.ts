import { err, ok, type Result } from '@muster/model'
import type { TestCommand } from './test-command.ts'

/** Options of mocha's command line that a suite can say, and whether a value follows. */
const OPTIONS: Readonly<Record<string, { readonly name: string; readonly value: boolean }>> = {
  '--require': { name: 'require', value: true },
  '-r': { name: 'require', value: true },
  '--import': { name: 'import', value: true },
  '--timeout': { name: 'timeout', value: true },
  '-t': { name: 'timeout', value: true },
  '--ui': { name: 'ui', value: true },
  '-u': { name: 'ui', value: true },
  '--extension': { name: 'extension', value: true },
  '--retries': { name: 'retries', value: true },
  '--bail': { name: 'bail', value: false },
  '-b': { name: 'bail', value: false },
  '--check-leaks': { name: 'check-leaks', value: false },
  '--exit': { name: 'exit', value: false },
  '--forbid-only': { name: 'forbid-only', value: false },
}
const PRINTED_ONLY = new Set(['--reporter', '-R'])
const MANY = new Set(['require', 'import', 'extension'])

/** What mocha runs when nobody names a file. */
const DEFAULT_SPEC = './test/*.{js,cjs,mjs}'
const RECURSIVE_SPEC = './test/**/*.{js,cjs,mjs}'

/** The words after `mocha`. @param spec the files of its configuration, which those on the command line add to */
export function mochaWords(words: readonly string[], spec: readonly string[]): Result<TestCommand, string> {
  const options: Record<string, unknown> = {}
  const files: string[] = [...spec]
  let config: string | undefined
  let recursive = false
  for (let index = 0; index < words.length; index++) {
    const [name = '', inline] = (words[index] ?? '').split(/=(.*)/s)
    const option = OPTIONS[name]
    if (!name.startsWith('-')) files.push(words[index] ?? '')
    else if (PRINTED_ONLY.has(name)) index += inline === undefined ? 1 : 0
    else if (name === '--recursive') recursive = true
    else if (name === '--config') config = inline ?? words[++index]
    else if (option) {
      const value = option.value ? (inline ?? words[++index]) : true
      const before = options[option.name]
      options[option.name] =
        MANY.has(option.name) && Array.isArray(before)
          ? [...(before as unknown[]), value]
          : MANY.has(option.name)
            ? [value]
            : value
    } else return err(`Muster doesn't know what mocha's ${name} would mean for a suite`)
  }
  const include = files.length > 0 ? files.map(asGlob) : [recursive ? RECURSIVE_SPEC : DEFAULT_SPEC]
  return ok({
    runner: { name: 'mocha', options, ...(config !== undefined && { config }) },
    include: include.map((each) => each.replace(/^\.\//, '')),
  })
}

/** mocha takes a folder for the files in it. */
const asGlob = (spec: string): string =>
  /[*{?]|\.[A-Za-z]+$/.test(spec) ? spec : `${spec.replace(/\/+$/, '')}/*.{js,cjs,mjs}`
