import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { cleanEnv } from './clean-env.ts'
import { pruneInstalls } from './prune-installs.ts'
import { mustRun } from './run-command.ts'
import { until } from './until.ts'

export interface InstallRequest {
  /** Packed packages that depend on each other; installed in one go, since no registry has them. */
  readonly tarballs: readonly string[]
  /** An npm range: `22.7`, `23.3`, `24.0`. */
  readonly nx: string
  /** Further packages, name to range. */
  readonly packages?: Readonly<Record<string, string>>
}

const CACHE = join(tmpdir(), 'muster-installed')
const INSTALL_LIMIT_MS = 300_000

/**
 * Gives `root` the node_modules, package-lock.json and dependencies of `request`. Each combination is installed once a machine,
 * then hard-linked: a test that edits a file inside node_modules would edit it for all.
 */
export async function installModules(root: string, request: InstallRequest): Promise<void> {
  const source = await cachedInstall(request)
  const now = new Date()
  await utimes(source, now, now)
  await mustRun(['cp', '-al', join(source, 'node_modules'), join(root, 'node_modules')], {
    cwd: root,
    env: cleanEnv(),
  })
  await copyFile(join(source, 'package-lock.json'), join(root, 'package-lock.json'))
}

/** The same for `package.json`: what `npm install -D` would have written. */
export function installedDependencies({
  tarballs,
  nx,
  packages = {},
}: InstallRequest): Record<string, string> {
  return {
    nx,
    mocha: '^12.0.3',
    ...packages,
    ...Object.fromEntries(tarballs.map((path) => [tarballName(path), `file:${resolve(path)}`])),
  }
}

async function cachedInstall(request: InstallRequest): Promise<string> {
  const target = join(CACHE, await cacheKey(request))
  if (existsSync(target)) return target
  await mkdir(CACHE, { recursive: true })
  const lock = `${target}.lock`
  await until(() => existsSync(target) || acquire(lock), {
    what: `another process to finish installing ${target} (delete ${lock} if none is)`,
    timeoutMs: INSTALL_LIMIT_MS,
  })
  try {
    if (!existsSync(target)) await install(request, target)
  } finally {
    await release(lock)
  }
  return target
}

async function install(request: InstallRequest, target: string): Promise<void> {
  const partial = `${target}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial)
  const manifest = { name: 'scratch', private: true, devDependencies: installedDependencies(request) }
  await writeFile(join(partial, 'package.json'), JSON.stringify(manifest, null, 2))
  const npm = ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'] as const
  await mustRun([...npm], { cwd: partial, env: cleanEnv(), timeoutMs: INSTALL_LIMIT_MS })
  await rename(partial, target)
  await pruneInstalls(CACHE)
}

/** The owner's pid is in the lock; a dead owner's lock is taken over. */
async function acquire(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const owner = Number(await readFile(lock, 'utf8').catch(() => ''))
    if (owner > 0 && !isAlive(owner)) await rm(lock, { force: true })
    return false
  }
}

async function release(lock: string): Promise<void> {
  const owner = await readFile(lock, 'utf8').catch(() => '')
  if (owner === String(process.pid)) await rm(lock, { force: true })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function cacheKey(request: InstallRequest): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([process.version, installedDependencies(request)]))
  for (const path of request.tarballs) hash.update(await readFile(path))
  return hash.digest('hex').slice(0, 16)
}

/** `npm pack` writes `@muster/nx` as `muster-nx-0.1.0.tgz` and `muster` as `muster-0.1.0.tgz`. */
function tarballName(path: string): string {
  const name = basename(path).replace(/-\d+\.\d+\.\d+.*\.tgz$/, '')
  return name.startsWith('muster-') ? `@muster/${name.slice('muster-'.length)}` : name
}
