import { posix } from 'node:path'

export interface PathBase {
  /** Absolute path of the workspace. */
  readonly root?: string
  /** Workspace-relative folder that relative paths in the report start from; '' is the root. */
  readonly dir?: string
}

const ABSOLUTE = /^(?:\/|[A-Za-z]:\/)/

/**
 * A path as reporters write it (absolute or relative, '/' or '\'), workspace-relative where that can be
 * known; a path outside the workspace stays absolute.
 */
export function workspacePath(reported: string, { root, dir = '' }: PathBase): string | undefined {
  const path = reported.replace(/^file:\/\//, '').replaceAll('\\', '/')
  if (path.trim() === '') return undefined
  if (!ABSOLUTE.test(path)) return posix.normalize(posix.join(dir, path))
  if (root === undefined) return path
  const prefix = `${root.replaceAll('\\', '/').replace(/\/+$/, '')}/`
  return path.startsWith(prefix) ? posix.normalize(path.slice(prefix.length)) : path
}
