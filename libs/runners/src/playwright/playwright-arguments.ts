import type { CaseRef, ToolSpec } from '@muster/model'
import { escapePattern } from '../tool/escape-pattern.ts'

/** More than this isn't worth a pattern, and an argument of 128 KiB can't be passed: the whole files run then. */
const LONGEST_PATTERN = 60_000

/** It isn't for Muster to start what waits for people, or runs nothing. */
const IGNORED: ReadonlySet<string> = new Set(['--ui', '--ui-host', '--ui-port', '--debug', '--list'])

const WORKERS = /^(?:--workers|-j)(?:=|$)/
const REPORTER = '--reporter'

export interface OwnArguments {
  readonly kept: readonly string[]
  /** That suite.json asks for, beside ours. */
  readonly reporters: readonly string[]
  readonly limitsWorkers: boolean
  readonly notes: readonly string[]
}

/** What suite.json says to Playwright, and a note on what it says in vain. */
export function ownArguments({ config, args }: ToolSpec): OwnArguments {
  const kept = config === undefined ? [] : [`--config=${config}`]
  const reporters: string[] = []
  const ignored: string[] = []
  for (let index = 0; index < args.length; index++) {
    const [name = '', ...value] = args[index]!.split('=')
    if (name === REPORTER) reporters.push(value.length > 0 ? value.join('=') : (args[++index] ?? 'list'))
    else if (IGNORED.has(name)) ignored.push(args[index]!)
    else kept.push(args[index]!)
  }
  return {
    kept,
    reporters: reporters.length > 0 ? reporters : ['list'],
    limitsWorkers: args.some((each) => WORKERS.test(each)),
    notes: ignored.length > 0 ? [`ignored for playwright: ${ignored.join(', ')}`] : [],
  }
}

/**
 * Selects cases by project, groups and title, which Playwright joins by spaces, with the file behind the project and
 * tags at the end; a first element of the path may be a project's name. Empty for no cases, and for too many.
 */
export function grepCases(cases: readonly CaseRef[]): readonly string[] {
  if (cases.length === 0) return []
  const titles = new Set(cases.flatMap(({ path }) => [exactly(path), ...inProject(path)]))
  const pattern = String.raw`/(^|\s)(${[...titles].join('|')})(\s@\S+)*\s*$/`
  return pattern.length > LONGEST_PATTERN ? [] : [`--grep=${pattern}`]
}

const exactly = (path: readonly string[]): string => escapePattern(path.join(' '))

const inProject = ([project = '', ...path]: readonly string[]): string[] =>
  path.length === 0 ? [] : [String.raw`${escapePattern(project)}\s(.*\s)?${exactly(path)}`]
