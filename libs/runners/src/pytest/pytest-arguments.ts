import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { err, ok, type CaseRef, type Result, type Suite, type UnitPart } from '@muster/model'
import { findFiles } from '../find-files.ts'
import type { PrepareProblem } from '../runner.ts'
import { toolSpec } from '../tool/tool-spec.ts'

/** The suite's own arguments, before any test files. */
export function ownArguments(suite: Suite, root: string): readonly string[] {
  const { config, args } = toolSpec(suite)
  // Pytest's globs are those of fnmatch, in which a star matches '/', too; both kinds mean `**` alike.
  const ignored = suite.include.length > 0 ? [] : suite.exclude
  return [
    ...(config === undefined ? [] : ['-c', config]),
    ...ignored.map((glob) => `--ignore-glob=${posix.join(root, suite.dir, glob)}`),
    ...args,
  ]
}

/** @returns the suite's files by its own globs, absolute; undefined: pytest finds them by its own rules */
export async function includedFiles(
  suite: Suite,
  root: string,
): Promise<Result<readonly string[] | undefined, PrepareProblem>> {
  if (suite.include.length === 0) return ok(undefined)
  const files = await findFiles(join(root, suite.dir), suite.include, suite.exclude)
  if (files.length > 0) return ok(files)
  return err({ type: 'no-files', message: `no file in ${suite.dir} matches ${suite.include.join(', ')}` })
}

/**
 * What to collect, absolute; undefined: whatever pytest finds. A file that is gone would end pytest before its first
 * test, so the plugin is left to miss its cases.
 */
export function filesOfPart({ files, cases }: UnitPart, root: string): readonly string[] | undefined {
  if (files) return files.map((file) => join(root, file))
  if (!cases || cases.some(({ file }) => file === undefined)) return undefined
  const named = new Set(cases.map(({ file }) => join(root, file!)))
  const there = [...named].filter((file) => existsSync(file))
  return there.length > 0 ? there : undefined
}

/** As pytest calls it on its command line, relative to the suite's folder; subtests and teardowns by their test. */
export function nodeId(dir: string, { file, path }: CaseRef): string {
  const titles = path.filter((title, depth) => depth === 0 || !/^(?:"teardown" hook$|\[|\()/.test(title))
  const name = posix.relative(dir, file ?? '')
  return titles.length === 1 && name.endsWith(titles[0]!) ? name : [name, ...titles].join('::')
}
