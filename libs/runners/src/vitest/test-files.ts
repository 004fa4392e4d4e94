import { readdirSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import fastGlob from 'fast-glob'
import { err, ok, type Result, type Suite } from '@muster/model'
import type { PrepareProblem, RunnerContext } from '../runner.ts'
import { runForOutput } from '../tool/run-for-output.ts'
import { workspacePath } from '../workspace-path.ts'

const LIST_LIMIT_MS = 60_000

/**
 * What `include` matches; without it, what vitest finds.
 * @param args of vitest, for it to find the same as in a run
 * @returns workspace-relative, each once
 */
export async function findTestFiles(
  suite: Suite,
  context: RunnerContext,
  bin: string,
  args: readonly string[],
): Promise<Result<readonly string[], PrepareProblem>> {
  const files =
    suite.include.length > 0 ? ok(await included(suite, context)) : await listed(suite, context, bin, args)
  if (!files.ok || files.value.length > 0) return files
  const globs = suite.include.length > 0 ? suite.include.join(', ') : "vitest's configuration"
  return err({ type: 'no-files', message: `No test file matches ${globs} in ${suite.dir}.` })
}

async function included({ dir, include, exclude }: Suite, { root }: RunnerContext): Promise<string[]> {
  const found = await fastGlob([...include], {
    cwd: join(root, dir),
    ignore: ['**/node_modules/**', ...exclude],
    onlyFiles: true,
    followSymbolicLinks: false,
  })
  return found.map((file) => posix.join(dir, file)).sort()
}

async function listed(
  suite: Suite,
  { root, env }: RunnerContext,
  bin: string,
  args: readonly string[],
): Promise<Result<string[], PrepareProblem>> {
  const output = await runForOutput(
    process.execPath,
    [bin, 'list', '--filesOnly', '--json', ...excluded(suite), ...args],
    { cwd: join(root, suite.dir), env, timeoutMs: LIST_LIMIT_MS },
  )
  if (!output.ok) {
    const fix = `See what "npx vitest list --filesOnly" says in ${suite.dir}.`
    return err({ type: 'environment', message: `vitest can't list its test files: ${output.error}`, fix })
  }
  // Configurations print, too.
  const found = JSON.parse(output.value.slice(output.value.search(/^\[/m))) as readonly { file: string }[]
  return ok([...new Set(found.map(({ file }) => workspacePath(root, file)))].sort())
}

export const excluded = ({ exclude }: Suite): string[] => exclude.map((glob) => `--exclude=${glob}`)

/**
 * Vitest takes the names of files for their beginnings, so that `a.test.ts` stands for `a.test.tsx` as well.
 * @param files absolute
 * @returns options that take out what isn't meant
 */
export function withoutLongerNames(files: readonly string[]): readonly string[] {
  const meant = new Set(files)
  const longer = new Set<string>()
  for (const [dir, names] of byFolder(files)) {
    const siblings = readdirSync(dir)
    for (const name of names)
      for (const sibling of siblings)
        if (sibling.length > name.length && sibling.startsWith(name)) longer.add(join(dir, sibling))
  }
  return [...longer]
    .filter((file) => !meant.has(file))
    .map((file) => `--exclude=${fastGlob.escapePath(file)}`)
}

function byFolder(files: readonly string[]): Map<string, string[]> {
  const folders = new Map<string, string[]>()
  for (const file of files) {
    const names = folders.get(dirname(file))
    if (names) names.push(basename(file))
    else folders.set(dirname(file), [basename(file)])
  }
  return folders
}
