import type { CaseRef, ToolSpec } from '@muster/model'
import { isFileCase, isHookTitle } from '../tool/wanted-cases.ts'

const WATCH = 'a run comes to an end'
const REPORTER = "Muster reads what its own reporter is told, and vitest's default is shown"
const SPLIT = 'Muster splits suites by itself'

/** Options that don't work here; `value`: the next word belongs to it unless it has `=`. */
const IGNORED: Readonly<Record<string, { readonly why: string; readonly value?: true }>> = {
  '--watch': { why: WATCH },
  '-w': { why: WATCH },
  '--ui': { why: WATCH },
  '--open': { why: WATCH },
  '--standalone': { why: WATCH },
  '--run': { why: '' },
  run: { why: '' },
  '--reporter': { why: REPORTER, value: true },
  '--outputFile': { why: REPORTER, value: true },
  '--shard': { why: SPLIT, value: true },
  '--merge-reports': { why: SPLIT },
  '--mergeReports': { why: SPLIT },
}

/** @returns what is left of a suite's arguments for vitest; notes are for people */
export function vitestArguments({ config, args }: ToolSpec): {
  readonly kept: readonly string[]
  readonly notes: readonly string[]
} {
  const kept: string[] = config === undefined ? [] : [`--config=${config}`]
  const notes = new Set<string>()
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!
    const name = arg.replace(/[=.].*$/, '')
    const ignored = IGNORED[name]
    if (!ignored) {
      kept.push(arg)
      continue
    }
    if (ignored.why !== '') notes.add(`${name} is ignored: ${ignored.why}.`)
    if (ignored.value && arg === name) index++
  }
  return { kept, notes: [...notes] }
}

/** Beyond this a command line is no longer one. */
const LONGEST = 20_000

/**
 * The option that makes vitest run these cases, and others whose titles read the same when joined by spaces: what wasn't
 * asked for isn't told.
 * @returns empty: all in the files must run
 */
export function namePattern(cases: readonly CaseRef[]): readonly string[] {
  if (cases.length === 0 || cases.some(isFileCase)) return []
  const titles = [...new Set(cases.map(({ path }) => titlePattern(path)))]
  const pattern = `(${titles.join('|')})`
  return pattern.length > LONGEST ? [] : [`--testNamePattern=${pattern}`]
}

/** The first title may be that of a project: then vitest doesn't see it. */
function titlePattern(path: readonly string[]): string {
  const isHook = isHookTitle(path.at(-1))
  const [first = '', ...others] = (isHook ? path.slice(0, -1) : path).map(escaped)
  const start = others.length === 0 ? first : `(?:${first} )?${others.join(' ')}`
  if (!isHook) return `^${start}$`
  return others.length === 0 ? '' : `^${start} `
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
