import { readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '@muster/model'
import type { PrepareProblem } from '../runner.ts'

/** A tool that is an npm package, as a folder finds it. */
export interface InstalledPackage {
  readonly version: string
  /** Absolute path of its program. */
  readonly bin: string
}

/**
 * The package that `npx <bin>` would run in a folder.
 * @param dir absolute
 * @param supported majors
 */
export function installedPackage(
  dir: string,
  name: string,
  bin: string,
  supported: readonly number[],
): Result<InstalledPackage, PrepareProblem> {
  let manifest: string
  try {
    manifest = realpathSync(createRequire(join(dir, 'package.json')).resolve(`${name}/package.json`))
  } catch {
    return problem(`${name} is not installed where ${dir} could find it.`, `Install it: npm i -D ${name}`)
  }
  const read = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
  const program = typeof read.bin === 'string' ? read.bin : read.bin?.[bin]
  if (program === undefined) {
    return problem(
      `${name} in ${dirname(manifest)} has no program "${bin}".`,
      `Install it again: npm i -D ${name}`,
    )
  }
  if (!supported.includes(Number.parseInt(read.version, 10))) {
    return problem(
      `${name} ${read.version} in ${dirname(manifest)} is not supported; ${supported.join(', ')} are.`,
      `Update it: npm i -D ${name}@${supported.at(-1)}`,
    )
  }
  return ok({ version: read.version, bin: join(dirname(manifest), program) })
}

interface Manifest {
  readonly version: string
  readonly bin?: string | Readonly<Record<string, string>>
}

const problem = (message: string, fix: string): Result<never, PrepareProblem> =>
  err({ type: 'environment', message, fix })
