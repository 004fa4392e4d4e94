import { cpSync, existsSync } from 'node:fs'
import path from 'node:path'
import { evidenceDir } from '@muster/model'
import { nxCacheDir } from './nx-state.ts'

/**
 * Puts fresh evidence into the entry of Nx's local cache that lacked it, so that the next hit is whole.
 * Nx keeps an entry's outputs at their workspace-relative paths below `<cache>/<hash>`. Best effort: an entry
 * that stays broken is found out and run again each time.
 */
export function healCacheEntry(root: string, suite: string, hash: string): void {
  try {
    const entry = path.join(nxCacheDir(), hash)
    if (existsSync(entry))
      cpSync(path.join(root, evidenceDir(suite)), path.join(entry, evidenceDir(suite)), { recursive: true })
  } catch {
    return
  }
}
