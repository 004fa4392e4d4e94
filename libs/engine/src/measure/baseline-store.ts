import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { BaselineFile } from '@muster/baselines'
import { err, ok, suiteFolder, type Result } from '@muster/model'

/** Workspace-relative; committed. */
export const baselinePath = (suite: string): string => `baselines/${suiteFolder(suite)}.json`

/**
 * The suite's committed baselines; without a file, none.
 * @returns else what is wrong with the file, a line a mistake, each with its place
 */
export async function readBaselines(root: string, suite: string): Promise<Result<BaselineFile, string>> {
  const source = baselinePath(suite)
  const text = await readText(path.join(root, source))
  const { emptyBaselines, formatBaselineProblem, parseBaselines } = await import('@muster/baselines')
  if (!text.ok) return err(`${source} can't be read: ${text.error}`)
  if (text.value === undefined) return ok(emptyBaselines(suite))
  const parsed = parseBaselines(text.value)
  if (!parsed.ok) return err(parsed.error.map((each) => formatBaselineProblem(source, each)).join('\n'))
  if (parsed.value.suite === suite) return parsed
  return err(`${source}: it is of suite "${parsed.value.suite}"; rename it, or correct its "suite"`)
}

async function readText(file: string): Promise<Result<string | undefined, string>> {
  try {
    return ok(await readFile(file, 'utf8'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? ok(undefined) : err(message)
  }
}

/** Appears whole, by rename; the error is for people. */
export async function writeBaselines(root: string, file: BaselineFile): Promise<Result<void, string>> {
  const { formatBaselines } = await import('@muster/baselines')
  const source = baselinePath(file.suite)
  const target = path.join(root, source)
  // Another `update` may be writing the same file.
  const fresh = `${target}.${process.pid}.tmp`
  try {
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(fresh, formatBaselines(file))
    await rename(fresh, target)
    return ok(undefined)
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined)
    return err(`${source} can't be written: ${(error as Error).message}`)
  }
}
