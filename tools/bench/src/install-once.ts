import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { benchEnv } from './bench-env.ts'
import { json } from './contestant.ts'
import { mustRun } from './run-to-end.ts'

export interface Installation {
  /** Part of the folder's name. */
  readonly name: string
  readonly devDependencies: Readonly<Record<string, string>>
  /** Absolute paths; installed by the same command. */
  readonly tarballs?: readonly string[]
  /** Packages that are no tarball: files by their path in node_modules. */
  readonly files?: Readonly<Record<string, string>>
}

/**
 * Installs packages outside the repository, which stays lean: once for what is in them.
 * @returns the folder's node_modules
 */
export async function installOnce({
  name,
  devDependencies,
  tarballs = [],
  files = {},
}: Installation): Promise<string> {
  const manifest = json({ name, private: true, devDependencies })
  const hash = createHash('sha256').update(manifest).update(process.version).update(json(files))
  for (const tarball of tarballs) hash.update(await readFile(tarball))
  const target = join(tmpdir(), `muster-bench-${name}-${hash.digest('hex').slice(0, 12)}`)
  if (!existsSync(target)) {
    const partial = `${target}.partial`
    await rm(partial, { recursive: true, force: true })
    await mkdir(partial)
    await writeFile(join(partial, 'package.json'), manifest)
    const quietly = ['--no-audit', '--no-fund', '--loglevel=error']
    await mustRun('npm', ['install', '--save-dev', ...quietly, ...tarballs], {
      cwd: partial,
      env: benchEnv(),
    })
    for (const [path, text] of Object.entries(files)) {
      const file = join(partial, 'node_modules', path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text)
    }
    await rename(partial, target)
  }
  return join(target, 'node_modules')
}
