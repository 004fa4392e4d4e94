import { statSync } from 'node:fs'
import { join } from 'node:path'

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
 * Changes when packages are installed.
 * @param nx Nx's entry file, absolute
 */
export const installedTimes = (root: string, nx: string): number[] =>
  [nx, ...INSTALLED.map((name) => join(root, name))].map(
    (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0,
  )
