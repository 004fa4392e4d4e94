import { cpSync, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { evidenceDir } from '@muster/model'

/**
 * Puts fresh evidence into the entry of Nx's local cache that lacked it, so that the next hit is whole.
 * Nx keeps an entry's outputs at their workspace-relative paths below `<cache>/<hash>`. Best effort: an entry
 * that stays broken is found out and run again each time.
 */
export function healCacheEntry(root: string, suite: string, hash: string): void {
  try {
    const load = createRequire(import.meta.url)
    const { cacheDir } = load('nx/src/utils/cache-directory') as { cacheDir: string }
    const entry = path.join(cacheDir, hash)
    if (existsSync(entry))
      cpSync(path.join(root, evidenceDir(suite)), path.join(entry, evidenceDir(suite)), { recursive: true })
  } catch {
    return
  }
}
