import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { benchEnv } from './bench-env.ts'
import type { Contestant } from './contestant.ts'
import { IDLE_PLUGIN } from './idle-plugin.ts'
import { installOnce } from './install-once.ts'
import { mustRun } from './run-to-end.ts'

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url))

const installed = new Map<Contestant['modules'], Promise<string>>()

/** The contestant's node_modules: Muster is packed and installed as its users have it, with the same nx and mocha as its peers. */
export function modulesOf({ modules }: Pick<Contestant, 'modules'>): Promise<string> {
  let folder = installed.get(modules)
  if (!folder) {
    folder = modules === 'peers' ? peerModules() : musterModules()
    installed.set(modules, folder)
  }
  return folder
}

/** @returns why the contestant can't take part, or undefined */
export async function whyUnavailable(contestant: Contestant): Promise<string | undefined> {
  try {
    await modulesOf(contestant)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

async function peerModules(): Promise<string> {
  const devDependencies = { ...(await common()), turbo: '^2.11.0', wireit: '^0.14.0' }
  return installOnce({ name: 'peers', devDependencies, files: IDLE_PLUGIN })
}

async function musterModules(): Promise<string> {
  await mustRun(process.execPath, ['tools/scripts/pack.mjs'], { cwd: REPOSITORY, env: benchEnv() })
  const packages = join(REPOSITORY, 'dist/packages')
  const tarballs = (await readdir(packages)).toSorted().map((name) => join(packages, name))
  return installOnce({ name: 'muster', devDependencies: await common(), tarballs })
}

const common = async (): Promise<Record<string, string>> => ({
  nx: await versionOf('nx'),
  mocha: await versionOf('mocha'),
})

async function versionOf(name: string): Promise<string> {
  const text = await readFile(join(REPOSITORY, 'node_modules', name, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
