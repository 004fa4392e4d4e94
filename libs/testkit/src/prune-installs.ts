import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Long enough that nobody is still copying from it. */
const UNUSED_MS = 2 * 60 * 60 * 1000

/** Each change of a package makes another installation of some 140 MB; the unused ones go. */
export async function pruneInstalls(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name)
    const used = await stat(path).catch(() => undefined)
    if (used && Date.now() - used.mtimeMs > UNUSED_MS) await rm(path, { recursive: true, force: true })
  }
}
