import type { RegExpJson } from './input.ts'

/** Options that are settled before the unit starts, or that are Muster's own business. */
const SETTLED: ReadonlySet<string> = new Set([
  '_',
  'config',
  'dry-run',
  'extension',
  'file',
  'ignore',
  'jobs',
  'node-option',
  'package',
  'parallel',
  'recursive',
  'reporter',
  'reporter-option',
  'sort',
  'spec',
  'watch',
  'watch-files',
  'watch-ignore',
])

type Options = Readonly<Record<string, unknown>>

/** Mocha's parsed options as its constructor takes them, and as JSON. */
export function unitOptions(parsed: Options, nodeOptions: readonly string[]): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(parsed)) {
    if (SETTLED.has(name) || value === undefined || typeof value === 'function') continue
    options[camelCase(name)] = value instanceof RegExp ? regExpJson(value) : value
  }
  // Mocha's own rule: under a debugger nothing times out.
  if (nodeOptions.some((option) => option.startsWith('--inspect'))) options['timeout'] = 0
  return { ...options, color: false }
}

/** What the user asked for in vain, in words. */
export function ignoredOptions(parsed: Options): string[] {
  const notes: string[] = []
  if (parsed['parallel'] === true) {
    notes.push(
      'mocha\'s "parallel" is ignored: Muster runs suites side by side, and the files of one in order',
    )
  }
  if (parsed['dry-run'] === true)
    notes.push('mocha\'s "dry-run" is ignored: tests that are not run can\'t pass')
  if (parsed['watch'] === true) notes.push('mocha\'s "watch" is ignored')
  if (parsed['pass-on-failing-test-suite'] === true) {
    notes.push('mocha\'s "pass-on-failing-test-suite" is ignored: a failing test fails its suite')
  }
  const reporter = parsed['reporter']
  if (typeof reporter === 'string' && !['spec', 'dot', 'min', 'list'].includes(reporter)) {
    notes.push(`mocha's reporter "${reporter}" is not run: Muster reports the test cases itself`)
  }
  return notes
}

const camelCase = (name: string): string =>
  name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

const regExpJson = ({ source, flags }: RegExp): RegExpJson => ({ source, flags })
