import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Identifies the code that parses: another version of it may read the same text differently. Sizes and times
 * of the files do, since a version number says nothing while Muster itself is being changed.
 */
export function parserFingerprint(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const schema = dirname(createRequire(import.meta.url).resolve('@muster/model/schema'))
  const hash = createHash('sha256')
  for (const folder of [here, schema, dirname(schema)]) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isFile() || !/\.[jt]s$/.test(entry.name)) continue
      const { size, mtimeMs } = statSync(join(folder, entry.name))
      hash.update(`${entry.name} ${size} ${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}
