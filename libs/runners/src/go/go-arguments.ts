import { join, posix } from 'node:path'
import type { CaseRef, Suite, UnitPart } from '@muster/model'
import { toolCpus } from '../tool/tool-cpus.ts'
import { toolSpec } from '../tool/tool-spec.ts'
import { runPattern } from './run-pattern.ts'

/** Go's own limit for each package; a suite's limit may be beyond it. */
const GO_LIMIT_MS = 600_000

export interface GoArguments {
  /** Before the packages. */
  readonly flags: readonly string[]
  readonly packages: readonly string[]
  /** `-args` and what follows it. */
  readonly rest: readonly string[]
}

/** What follows `go test -json`. */
export function goArguments(suite: Suite, part: UnitPart, coverageDir: string | undefined): GoArguments {
  const { args } = toolSpec(suite)
  const end = args.findIndex((each) => /^--?args$/.test(each))
  const own = end === -1 ? args : args.slice(0, end)
  const given = (name: string): boolean => own.some((each) => new RegExp(`^--?${name}(?:=|$)`).test(each))
  const cpus = toolCpus(suite)
  const run = part.cases && testsToRun(part.cases)
  return {
    flags: [
      // Go's own cache would answer for a run that Muster has decided on.
      ...(given('count') ? [] : ['-count=1']),
      ...(given('p') ? [] : [`-p=${cpus}`]),
      ...(given('parallel') ? [] : [`-parallel=${cpus}`]),
      ...(given('timeout') || suite.timeoutMs <= GO_LIMIT_MS ? [] : ['-timeout=0']),
      ...own,
      ...(run ? [`-run=${runPattern(run)}`] : []),
      ...(coverageDir === undefined ? [] : [`-coverprofile=${join(coverageDir, 'cover.out')}`]),
    ],
    packages: packagesOf(suite, part),
    rest: end === -1 ? [] : args.slice(end),
  }
}

/** Which flags decide what `go list` finds. */
export const listFlags = (suite: Suite): readonly string[] => {
  const { args } = toolSpec(suite)
  return args.filter(
    (each, index) => /^--?(?:tags|mod|modfile)(?:=|$)/.test(each) || args[index - 1] === '-tags',
  )
}

/** Of the suite: its `include`, which are package patterns relative to its folder. */
export const packagePatterns = ({ include }: Suite): readonly string[] =>
  include.length === 0 ? ['./...'] : include.map((each) => (each.startsWith('.') ? each : `./${each}`))

/** A whole package that failed, as `(build failed)`. */
export const isPackageCase = ({ path }: CaseRef): boolean => /^\([\w ]+\)$/.test(path.at(-1) ?? '')

/** @returns undefined: all tests of the packages */
function testsToRun(cases: readonly CaseRef[]): readonly string[] | undefined {
  return cases.some(isPackageCase) ? undefined : cases.map(({ path }) => path.at(-1) ?? '')
}

function packagesOf(suite: Suite, { files, cases }: UnitPart): readonly string[] {
  const folders = files ?? cases?.map(({ file }) => file)
  if (!folders || folders.some((folder) => folder === undefined)) return packagePatterns(suite)
  return [...new Set(folders)].map((folder) => `./${posix.relative(suite.dir, folder!)}`)
}
