import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { MochaFiles } from './input.ts'

/** Raised when the pack's layout changes. */
const PACK_FORMAT = 1

/**
 * Name of a pack's folder. V8 takes a code cache only from its own version, built for the same CPU; the path
 * of mocha is baked into the pack; the time of its main file tells a reinstalled or patched mocha.
 */
export function packKey(files: MochaFiles): string {
  const { v8 } = process.versions
  const { mtimeMs, size } = statSync(files.main)
  const manifest = statSync(join(files.dir, 'package.json'))
  const parts = [PACK_FORMAT, files.main, files.version, process.version, v8, process.arch, mtimeMs, size]
  const hash = createHash('sha256')
    .update([...parts, manifest.mtimeMs].join('\0'))
    .digest('hex')
  return `mocha-${files.version}-${hash.slice(0, 12)}`
}
