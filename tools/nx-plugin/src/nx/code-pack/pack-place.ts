import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { installedTimes } from '../installed-times.ts'

/** Raised when the pack's layout changes. */
const FORMAT = 1

/**
 * Where the pack of a workspace's Nx is. Its name changes with Node, the CPU, Nx and everything that is installed.
 * @param nx Nx's entry file, absolute
 */
export function packPlace(root: string, nx: string): string {
  const { arch, version, versions } = process
  const key = createHash('sha256')
    .update([FORMAT, nx, version, versions.v8, arch, ...installedTimes(root, nx)].join('\0'))
    .digest('hex')
  return join(root, '.muster', 'cache', `nx-${key.slice(0, 16)}.pack`)
}

export const isPack = (name: string): boolean => /^nx-[0-9a-f]+\.pack$/.test(name)
