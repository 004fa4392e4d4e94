import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const PACKED = join(ROOT, 'dist/packages')
/** What packages are made of and with. */
const SOURCES = ['libs', 'tools/cli', 'tools/nx-plugin', 'tools/scripts', 'tsconfig.base.json']
const NOT_PACKED = new Set(['node_modules', 'dist', 'test'])

let packed: readonly string[] | undefined

/**
 * The public packages as `npm pack` makes them, absolute paths; packed anew only when a source is newer, and the
 * same for all of one test run.
 */
export function packedTarballs(): readonly string[] {
  if (packed) return packed
  if (oldestPackage() <= Math.max(...SOURCES.map(newestFile))) pack()
  packed = tarballs()
  return packed
}

function pack(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/scripts/pack.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`tools/scripts/pack.mjs: exit ${status}\n${stdout}${stderr}`)
}

const tarballs = (): string[] =>
  existsSync(PACKED)
    ? readdirSync(PACKED)
        .filter((name) => name.endsWith('.tgz'))
        .map((name) => join(PACKED, name))
    : []

const oldestPackage = (): number => {
  const times = tarballs().map((path) => statSync(path).mtimeMs)
  return times.length === 0 ? 0 : Math.min(...times)
}

/** Its time of change in milliseconds. */
function newestFile(path: string): number {
  const stats = statSync(join(ROOT, path))
  if (!stats.isDirectory()) return stats.mtimeMs
  const inside = readdirSync(join(ROOT, path)).filter(
    (name) => !NOT_PACKED.has(name) && !name.endsWith('.tsbuildinfo'),
  )
  return Math.max(0, ...inside.map((name) => newestFile(join(path, name))))
}
