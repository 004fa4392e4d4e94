import type { CaseRef, ToolSpec } from '@muster/model'
import { escapePattern } from '../tool/escape-pattern.ts'

/** More than this isn't worth a pattern, and an argument of 128 KiB can't be passed: the whole files run then. */
const LONGEST_PATTERN = 60_000

/** Of the user's arguments: it isn't for Muster to start what never ends, or to take the results away. */
const IGNORED: ReadonlySet<string> = new Set([
  '--watch',
  '--watchAll',
  '--listTests',
  '--showConfig',
  '--init',
])

const WORKERS = /^(?:--maxWorkers|-w|--runInBand|-i)(?:=|$)/

/** What suite.json says to jest, and a note on what it says in vain. */
export function ownArguments({ config, args }: ToolSpec): {
  readonly kept: readonly string[]
  readonly notes: readonly string[]
} {
  const ignored = args.filter(isIgnored)
  return {
    kept: [
      ...(config === undefined ? [] : [`--config=${config}`]),
      ...args.filter((each) => !isIgnored(each)),
    ],
    notes: ignored.length > 0 ? [`ignored for jest: ${ignored.join(', ')}`] : [],
  }
}

const isIgnored = (argument: string): boolean => IGNORED.has(argument.split('=', 1)[0] ?? '')

export const limitsWorkers = (args: readonly string[]): boolean => args.some((each) => WORKERS.test(each))

/**
 * Selects cases by their full names, which jest joins by spaces; a first element may be a project's name. Empty for
 * no cases, and for too many.
 */
export function namePattern(cases: readonly CaseRef[]): readonly string[] {
  if (cases.length === 0) return []
  const names = cases.flatMap(({ path }) => [
    path.join(' '),
    ...(path.length > 1 ? [path.slice(1).join(' ')] : []),
  ])
  const pattern = `^(${[...new Set(names)].map(escapePattern).join('|')})$`
  return pattern.length > LONGEST_PATTERN ? [] : [`--testNamePattern=${pattern}`]
}
