import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { benchEnv } from './bench-env.ts'
import { json, type Contestant } from './contestant.ts'
import { mustRun } from './run-to-end.ts'

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url))

/** The peers' node_modules: installed once a machine outside the repository, which stays lean. */
export async function peerModules(): Promise<string> {
  const devDependencies = {
    nx: await versionOf('nx'),
    mocha: await versionOf('mocha'),
    turbo: '^2.11.0',
    wireit: '^0.14.0',
  }
  const manifest = json({ name: 'peers', private: true, devDependencies })
  const key = createHash('sha256').update(manifest).update(process.version).digest('hex').slice(0, 12)
  const target = join(tmpdir(), `muster-bench-peers-${key}`)
  if (!existsSync(target)) {
    const partial = `${target}.partial`
    await rm(partial, { recursive: true, force: true })
    await mkdir(partial)
    await writeFile(join(partial, 'package.json'), manifest)
    await mustRun('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: partial,
      env: benchEnv(),
    })
    await rename(partial, target)
  }
  return join(target, 'node_modules')
}

/** This repository's own: the same nx and mocha, and Muster as built in `dist/`. */
export const musterModules = (): string => join(REPOSITORY, 'node_modules')

/** @returns why the contestant can't take part, or undefined */
export async function whyUnavailable(contestant: Contestant): Promise<string | undefined> {
  if (contestant.modules === 'peers') return undefined
  try {
    const require = createRequire(join(REPOSITORY, 'package.json'))
    const plugin = (await import(require.resolve('@muster/nx'))) as Record<string, unknown>
    if (!('createNodesV2' in plugin || 'createNodes' in plugin)) return '@muster/nx exports no createNodes'
  } catch (error) {
    return `@muster/nx doesn't load: ${(error as Error).message.split('\n')[0]}`
  }
  const [bin = ''] = contestant.command.split(' ')
  return existsSync(join(REPOSITORY, bin)) ? undefined : `${bin} doesn't exist`
}

async function versionOf(name: string): Promise<string> {
  const text = await readFile(join(REPOSITORY, 'node_modules', name, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
