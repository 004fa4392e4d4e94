import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'

/** Raised when the pack's layout changes. */
const FORMAT = 1

/** What installing packages leaves behind, whoever the installer is. */
const INSTALLED = [
  'node_modules/.package-lock.json',
  'node_modules/.modules.yaml',
  'node_modules/.yarn-state.yml',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
]

/**
 * Where the pack of a workspace's Nx is. Its name changes with Node, the CPU, Nx and everything that is installed.
 * @param nx Nx's entry file, absolute
 */
export function packPlace(root: string, nx: string): string {
  const { arch, version, versions } = process
  const times = [nx, ...INSTALLED.map((name) => join(root, name))].map(timeOf)
  const key = createHash('sha256')
    .update([FORMAT, nx, version, versions.v8, arch, ...times].join('\0'))
    .digest('hex')
  return join(root, '.muster', 'cache', `nx-${key.slice(0, 16)}.pack`)
}

export const isPack = (name: string): boolean => /^nx-[0-9a-f]+\.pack$/.test(name)

const timeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
