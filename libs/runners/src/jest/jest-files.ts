import { join } from 'node:path'
import { err, ok, type Result, type Suite, type UnitPart } from '@muster/model'
import { findFiles } from '../find-files.ts'
import type { PrepareProblem, RunnerContext } from '../runner.ts'
import { neededFiles } from '../tool/needed-files.ts'
import { runForOutput } from '../tool/run-for-output.ts'
import { toolSpec } from '../tool/tool-spec.ts'
import { ownArguments } from './jest-arguments.ts'

/** How long jest may take to say what its test files are, milliseconds: a first start crawls the whole folder. */
const WITHIN_MS = 120_000

/**
 * The files that jest is told to run, absolute; undefined: what it finds by itself. Cases without a file may be
 * anywhere.
 */
export async function selectedFiles(
  suite: Suite,
  context: RunnerContext,
  bin: string,
  part: UnitPart,
): Promise<Result<readonly string[] | undefined, PrepareProblem>> {
  const { root } = context
  const needed = neededFiles(root, part)
  if (needed) return ok(needed)
  const dir = join(root, suite.dir)
  if (suite.include.length === 0) {
    if (suite.exclude.length === 0) return ok(undefined)
    return listFiles(suite, context, bin)
  }
  const files = await findFiles(dir, suite.include, suite.exclude)
  if (files.length > 0) return ok(files)
  return err({ type: 'no-files', message: `no file in ${suite.dir} matches ${suite.include.join(', ')}` })
}

/** All test files of the suite, absolute, in no particular order: jest's own depends on times it has seen. */
export async function listFiles(
  suite: Suite,
  { root, env }: RunnerContext,
  bin: string,
): Promise<Result<readonly string[], PrepareProblem>> {
  const dir = join(root, suite.dir)
  if (suite.include.length > 0) return ok(await findFiles(dir, suite.include, suite.exclude))
  const args = [bin, '--listTests', '--json', ...ownArguments(toolSpec(suite)).kept]
  const listed = await runForOutput(process.execPath, args, { cwd: dir, env, timeoutMs: WITHIN_MS })
  if (!listed.ok) {
    return err({
      type: 'environment',
      message: `jest can't list its test files: ${listed.error}`,
      fix: `Make this work: (cd ${suite.dir} && npx jest --listTests)`,
    })
  }
  const excluded = new Set(suite.exclude.length > 0 ? await findFiles(dir, suite.exclude, []) : [])
  const files = JSON.parse(listed.value.slice(listed.value.indexOf('['))) as string[]
  return ok(files.filter((file) => !excluded.has(file)).toSorted())
}
