import { join, posix, relative } from 'node:path'
import { ok, type Result, type Suite, type UnitPart } from '@muster/model'
import type { SplittingRunner } from '../lazy-runner.ts'
import type { PrepareProblem, RunnerContext } from '../runner.ts'
import { builtModule } from '../sibling-module.ts'
import { installedPackage, type InstalledPackage } from '../tool/installed-package.ts'
import { toolCpus } from '../tool/tool-cpus.ts'
import { typedPattern } from '../tool/typed-pattern.ts'
import type { ReporterInput } from '../tool/reporter-input.ts'
import { toolProgram } from '../tool/tool-program.ts'
import { toolSpec } from '../tool/tool-spec.ts'
import { workspacePath } from '../workspace-path.ts'
import { limitsWorkers, namePattern, ownArguments } from './jest-arguments.ts'
import { listFiles, selectedFiles } from './jest-files.ts'

const SUPPORTED = [28, 29, 30]

/** Runs a suite with the jest that its folder resolves to, with a reporter of ours in it. */
export const jestRunner: SplittingRunner = {
  name: 'jest',

  version: async (suite, context) => {
    const jest = installed(suite, context)
    return jest.ok ? ok(jest.value.version) : jest
  },

  files: async (suite, context) => {
    const jest = installed(suite, context)
    if (!jest.ok) return jest
    const files = await listFiles(suite, context, jest.value.bin)
    return files.ok ? ok(files.value.map((file) => workspacePath(context.root, file))) : files
  },

  prepare: async (suite, context, part = {}) => {
    const jest = installed(suite, context)
    if (!jest.ok) return jest
    const files = await selectedFiles(suite, context, jest.value.bin, part)
    if (!files.ok) return files
    const { kept, notes } = ownArguments(toolSpec(suite))
    // Files come first: jest's options that take lists would swallow them.
    const chosen = fileArguments(suite, context, files.value)
    const cases = part.cases ?? []
    return ok(
      toolProgram(
        suite,
        context,
        {
          name: 'jest',
          argv: [
            process.execPath,
            jest.value.bin,
            ...chosen,
            ...namePattern(cases),
            ...kept,
            ...ours(suite, context),
          ],
          reporter: reporterInput(context.root, part),
        },
        ['npx', 'jest', ...chosen, ...typedPattern('--testNamePattern', cases), ...kept],
        notes,
      ),
    )
  },
}

const reporterInput = (root: string, { cases }: UnitPart): ReporterInput => ({
  root,
  ...(cases && { cases }),
})

const installed = (suite: Suite, { root }: RunnerContext): Result<InstalledPackage, PrepareProblem> =>
  installedPackage(join(root, suite.dir), 'jest', 'jest', SUPPORTED)

function fileArguments(
  { dir }: Suite,
  { root }: RunnerContext,
  files: readonly string[] | undefined,
): readonly string[] {
  if (files === undefined) return []
  return [...files.map((file) => relative(posix.join(root, dir), file)), '--runTestsByPath']
}

/** What Muster adds to what a person would type. */
function ours(suite: Suite, { coverageDir }: RunnerContext): string[] {
  return [
    // Whether a suite may be empty isn't jest's to say, and only so it lets its reporters know.
    '--passWithNoTests',
    '--reporters=default',
    `--reporters=${builtModule(import.meta.url, 'reporter')}`,
    ...(limitsWorkers(toolSpec(suite).args) ? [] : [`--maxWorkers=${toolCpus(suite)}`]),
    ...(coverageDir === undefined
      ? []
      : [
          '--coverage',
          '--coverageReporters=json',
          `--coverageDirectory=${coverageDir}`,
          // A part of the tests can't meet the threshold of all.
          '--coverageThreshold={}',
        ]),
  ]
}
