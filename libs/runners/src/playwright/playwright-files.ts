import { join } from 'node:path'
import { err, ok, type Result, type Suite, type UnitPart } from '@muster/model'
import { findFiles } from '../find-files.ts'
import type { PrepareProblem, RunnerContext } from '../runner.ts'
import { neededFiles } from '../tool/needed-files.ts'
import { runForOutput } from '../tool/run-for-output.ts'
import { toolSpec } from '../tool/tool-spec.ts'
import { ownArguments } from './playwright-arguments.ts'

/** How long Playwright may take to load all test files, milliseconds. */
const WITHIN_MS = 120_000

/** The files to run, absolute; undefined: what Playwright finds by itself. Cases without a file may be anywhere. */
export async function selectedFiles(
  suite: Suite,
  context: RunnerContext,
  bin: string,
  part: UnitPart,
): Promise<Result<readonly string[] | undefined, PrepareProblem>> {
  const needed = neededFiles(context.root, part)
  if (needed) return ok(needed)
  if (suite.include.length === 0 && suite.exclude.length === 0) return ok(undefined)
  const files = await listFiles(suite, context, bin)
  if (!files.ok || files.value.length > 0) return files
  return err({ type: 'no-files', message: `no test file in ${suite.dir} is left by include and exclude` })
}

/** All test files of the suite, absolute, in Playwright's order. */
export async function listFiles(
  suite: Suite,
  { root, env }: RunnerContext,
  bin: string,
): Promise<Result<readonly string[], PrepareProblem>> {
  const dir = join(root, suite.dir)
  if (suite.include.length > 0) return ok(await findFiles(dir, suite.include, suite.exclude))
  const args = [bin, 'test', '--list', '--reporter=json', ...ownArguments(toolSpec(suite)).kept]
  const listed = await runForOutput(process.execPath, args, { cwd: dir, env, timeoutMs: WITHIN_MS })
  if (!listed.ok) {
    return err({
      type: 'environment',
      message: `playwright can't list its test files: ${listed.error}`,
      fix: `Make this work: (cd ${suite.dir} && npx playwright test --list)`,
    })
  }
  const { config, suites } = JSON.parse(listed.value.slice(listed.value.indexOf('{'))) as Listing
  const excluded = new Set(suite.exclude.length > 0 ? await findFiles(dir, suite.exclude, []) : [])
  const files = new Set(suites.map(({ file }) => join(config.rootDir, file)))
  return ok([...files].filter((file) => !excluded.has(file)))
}

interface Listing {
  readonly config: { readonly rootDir: string }
  /** Of each file, in each project. */
  readonly suites: readonly { readonly file: string }[]
}
