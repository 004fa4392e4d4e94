import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { bundleMocha } from './bundle-mocha.ts'
import type { MochaFiles, Pack } from './input.ts'
import { packKey } from './pack-key.ts'
import { siblingModule } from '../sibling-module.ts'

const WARM_LIMIT_MS = 20_000

const building = new Map<string, Promise<Pack | null>>()

/**
 * The pack for a mocha if it is there; else null, and it is built meanwhile: the first units of the first run
 * needn't wait for what only makes them faster.
 */
export function packIfReady(files: MochaFiles, cacheDir: string): Pack | null {
  const pack = placeOf(files, cacheDir)
  if (pack === undefined) return null
  if (isBuilt(pack)) return pack
  void ensurePack(files, cacheDir)
  return null
}

/**
 * The pack for a mocha, built when missing. Null when it can't be built: mocha then loads from its own
 * files, slower, with the same results.
 * @param cacheDir absolute; may be shared by processes that race
 */
export function ensurePack(files: MochaFiles, cacheDir: string): Promise<Pack | null> {
  const pack = placeOf(files, cacheDir)
  if (pack === undefined) return Promise.resolve(null)
  if (isBuilt(pack)) return Promise.resolve(pack)
  const dir = dirname(pack.code)
  let pending = building.get(dir)
  if (pending === undefined) {
    pending = buildPack(files, cacheDir, dir)
      .then(() => pack)
      .catch(() => null)
      .finally(() => building.delete(dir))
    building.set(dir, pending)
  }
  return pending
}

function placeOf(files: MochaFiles, cacheDir: string): Pack | undefined {
  try {
    const dir = join(cacheDir, packKey(files))
    return { code: join(dir, 'mocha.cjs'), cache: join(dir, 'mocha.cache') }
  } catch {
    return undefined
  }
}

const isBuilt = ({ code, cache }: Pack): boolean => existsSync(code) && existsSync(cache)

/** Filled beside its place and then moved there: a folder is either whole or absent. */
async function buildPack(files: MochaFiles, cacheDir: string, dir: string): Promise<void> {
  const draft = join(cacheDir, `.pack-${randomUUID()}`)
  await mkdir(draft, { recursive: true })
  try {
    const code = join(draft, 'mocha.cjs')
    await writeFile(code, await bundleMocha(files))
    await warm(files, code, join(draft, 'mocha.cache'))
    await rename(draft, dir).catch((error: unknown) => {
      // Another process was first; its pack is as good.
      if (!existsSync(join(dir, 'mocha.cache'))) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** In a process of its own: what warms the pack is a whole mocha run. */
async function warm(files: MochaFiles, code: string, cache: string): Promise<void> {
  const script = siblingModule(import.meta.url, 'pack-warmer')
  const input = JSON.stringify({ files, code, cache })
  await promisify(execFile)(process.execPath, [...nodeOptions(), script, input], { timeout: WARM_LIMIT_MS })
}

/** As this process, so that a source checkout's loader comes along; but not its debugger. */
const nodeOptions = (): string[] => process.execArgv.filter((option) => !option.startsWith('--inspect'))
