import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result, type Suite, type UnitPart } from '@muster/model'
import type { SplittingRunner } from '../lazy-runner.ts'
import type { PrepareProblem, RunnerContext, UnitProgram } from '../runner.ts'
import { builtModule } from '../sibling-module.ts'
import { installedPackage, type InstalledPackage } from '../tool/installed-package.ts'
import { toolCpus } from '../tool/tool-cpus.ts'
import { toolProgram } from '../tool/tool-program.ts'
import { toolSpec } from '../tool/tool-spec.ts'
import { typedProgram } from '../tool/typed-program.ts'
import { coverageOptions } from './coverage-options.ts'
import type { VitestReporterInput } from './reporter-input.ts'
import { excluded, findTestFiles, withoutLongerNames } from './test-files.ts'
import { namePattern, vitestArguments } from './vitest-arguments.ts'

/** Since 3 reporters are told of each test as it ends. */
const SUPPORTED = [3, 4]

/** Runs a suite with the vitest that its folder resolves to, with a reporter of ours in it. */
export const vitestRunner: SplittingRunner = {
  name: 'vitest',

  version: (suite, context) => {
    const vitest = installed(suite, context)
    return Promise.resolve(vitest.ok ? ok(vitest.value.version) : vitest)
  },

  files: async (suite, context) => {
    const vitest = installed(suite, context)
    if (!vitest.ok) return vitest
    return findTestFiles(suite, context, vitest.value.bin, vitestArguments(toolSpec(suite)).kept)
  },

  prepare: async (suite, context, part = {}) => {
    const vitest = installed(suite, context)
    if (!vitest.ok) return vitest
    const files = await selectedFiles(suite, context, vitest.value, part)
    return files.ok ? ok(program(suite, context, vitest.value, part, files.value)) : files
  },
}

const installed = (suite: Suite, { root }: RunnerContext): Result<InstalledPackage, PrepareProblem> =>
  installedPackage(join(root, suite.dir), 'vitest', 'vitest', SUPPORTED)

/** @returns workspace-relative; undefined when vitest is to find them */
async function selectedFiles(
  suite: Suite,
  context: RunnerContext,
  { bin }: InstalledPackage,
  { files, cases }: UnitPart,
): Promise<Result<readonly string[] | undefined, PrepareProblem>> {
  const named = cases?.map(({ file }) => file)
  if (named !== undefined && !named.includes(undefined)) {
    const there = [...new Set(named as string[])].filter((file) => existsSync(join(context.root, file)))
    return ok(files ? there.filter((file) => files.includes(file)) : there)
  }
  if (files !== undefined) return ok(files)
  if (suite.include.length === 0) return ok(undefined)
  return findTestFiles(suite, context, bin, [])
}

function program(
  suite: Suite,
  context: RunnerContext,
  { bin, version }: InstalledPackage,
  part: UnitPart,
  files: readonly string[] | undefined,
): UnitProgram {
  const { kept, notes } = vitestArguments(toolSpec(suite))
  const dir = join(context.root, suite.dir)
  const paths = files?.map((file) => join(context.root, file)) ?? []
  const coverage = context.coverageDir === undefined ? undefined : coverageOptions(dir, context.coverageDir)
  const typed = ['run', ...kept, ...excluded(suite), ...namePattern(part.cases ?? [])]
  const reporter: VitestReporterInput = {
    root: context.root,
    ...(part.cases && { cases: part.cases }),
    ...(files && { files }),
  }
  const argv = [
    bin,
    ...typed,
    ...withoutLongerNames(paths),
    '--reporter=default',
    `--reporter=${builtModule(import.meta.url, 'reporter')}`,
    // Whether a suite may be empty isn't vitest's to say.
    '--passWithNoTests',
    ...workers(suite, version, kept),
    ...(coverage?.args ?? []),
    // Gone files leave nothing to run, which isn't everything.
    ...(files?.length === 0 ? [NO_FILE] : paths),
  ]
  const told = paths.map((path) => path.slice(dir.length + 1))
  return toolProgram(
    suite,
    context,
    { name: 'vitest', argv: [process.execPath, ...argv], reporter },
    [...typedProgram(context.root, suite.dir, 'vitest', bin), ...typed, ...told],
    coverage?.note === undefined ? notes : [...notes, coverage.note],
  )
}

/** A name of no file. */
const NO_FILE = '/none/of/these/files'

/** Vitest 3 insists on a minimum that isn't more. */
function workers(suite: Suite, version: string, args: readonly string[]): string[] {
  if (args.some((arg) => /^--(?:maxWorkers|max-workers|poolOptions|no-file-parallelism)\b/.test(arg)))
    return []
  return [`--maxWorkers=${toolCpus(suite)}`, ...(version.startsWith('3.') ? ['--minWorkers=1'] : [])]
}
