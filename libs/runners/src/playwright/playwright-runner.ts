import { createHash } from 'node:crypto'
import { join, relative } from 'node:path'
import { ok, suiteFolder, type Result, type Suite, type UnitPart } from '@muster/model'
import type { SplittingRunner } from '../lazy-runner.ts'
import type { PrepareProblem, RunnerContext } from '../runner.ts'
import { builtModule } from '../sibling-module.ts'
import { escapePattern } from '../tool/escape-pattern.ts'
import { installedPackage, type InstalledPackage } from '../tool/installed-package.ts'
import type { ReporterInput } from '../tool/reporter-input.ts'
import { toolCpus } from '../tool/tool-cpus.ts'
import { toolProgram } from '../tool/tool-program.ts'
import { typedPattern } from '../tool/typed-pattern.ts'
import { toolSpec } from '../tool/tool-spec.ts'
import { workspacePath } from '../workspace-path.ts'
import { grepCases, ownArguments } from './playwright-arguments.ts'
import { listFiles, selectedFiles } from './playwright-files.ts'

const SUPPORTED = [1]

/** Runs a suite with the Playwright that its folder resolves to, with a reporter of ours in it. */
export const playwrightRunner: SplittingRunner = {
  name: 'playwright',

  version: async (suite, context) => {
    const playwright = installed(suite, context)
    return playwright.ok ? ok(playwright.value.version) : playwright
  },

  files: async (suite, context) => {
    const playwright = installed(suite, context)
    if (!playwright.ok) return playwright
    const files = await listFiles(suite, context, playwright.value.bin)
    return files.ok ? ok(files.value.map((file) => workspacePath(context.root, file))) : files
  },

  prepare: async (suite, context, part = {}) => {
    const playwright = installed(suite, context)
    if (!playwright.ok) return playwright
    const found = await selectedFiles(suite, context, playwright.value.bin, part)
    if (!found.ok) return found
    const files = found.value ?? []
    const own = ownArguments(toolSpec(suite))
    const cases = part.cases ?? []
    const dir = join(context.root, suite.dir)
    return ok(
      toolProgram(
        suite,
        context,
        {
          name: 'playwright',
          argv: [
            process.execPath,
            playwright.value.bin,
            'test',
            // As patterns of absolute paths: a name alone would be found at the end of others.
            ...files.map((file) => `^${escapePattern(file)}$`),
            ...own.kept,
            ...grepCases(cases),
            `--reporter=${[...own.reporters, builtModule(import.meta.url, 'reporter')].join(',')}`,
            '--pass-with-no-tests',
            ...(own.limitsWorkers ? [] : [`--workers=${toolCpus(suite)}`]),
            ...ownOutput(suite, context, part),
          ],
          reporter: { root: context.root, ...(part.cases && { cases: part.cases }) } satisfies ReporterInput,
        },
        [
          'npx',
          'playwright',
          'test',
          ...files.map((file) => relative(dir, file)),
          ...own.kept,
          ...typedPattern('--grep', cases),
        ],
        [...own.notes, ...(context.coverageDir === undefined ? [] : [NO_COVERAGE])],
      ),
    )
  },
}

const NO_COVERAGE =
  'playwright measures no coverage: what it tests runs in a browser or a server; instrument that, and let it write its own'

const installed = (suite: Suite, { root }: RunnerContext): Result<InstalledPackage, PrepareProblem> =>
  installedPackage(join(root, suite.dir), '@playwright/test', 'playwright', SUPPORTED)

/**
 * Playwright empties its folder of artifacts when it starts, which by default all suites of a package have in common:
 * what runs at a time must not share one.
 */
function ownOutput(suite: Suite, { cacheDir }: RunnerContext, { files, cases }: UnitPart): string[] {
  if (toolSpec(suite).args.some((each) => each.startsWith('--output'))) return []
  const part = createHash('sha256')
    .update(JSON.stringify([files, cases]))
    .digest('hex')
    .slice(0, 12)
  return [`--output=${join(cacheDir, 'playwright', suiteFolder(suite.id), part)}`]
}
