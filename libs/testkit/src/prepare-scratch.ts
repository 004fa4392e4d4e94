import { copyFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Env } from './clean-env.ts'
import { installedDependencies, installModules, type InstallRequest } from './installed-modules.ts'
import type { ScratchWorkspace } from './scratch-workspace.ts'

export interface ScratchOptions {
  /** For all that is started from the workspace. */
  readonly env?: Env
  /** Path to text; they overrule the generated package.json, nx.json and .gitignore. */
  readonly files?: Readonly<Record<string, string>>
  /** Merged over the generated nx.json, which loads `@muster/nx`. */
  readonly nxJson?: Readonly<Record<string, unknown>>
  /** Merged over the generated package.json, whose workspaces are `packages/*`. */
  readonly packageJson?: Readonly<Record<string, unknown>>
  /**
   * `link` (default): this repository's node_modules and built packages, at once. An InstallRequest: packed
   * packages with a given Nx, as a user has them. `none`: no node_modules.
   */
  readonly modules?: 'link' | 'none' | InstallRequest
}

// The same distance from src/ and from dist/.
const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url))

export async function prepareScratch(workspace: ScratchWorkspace, options: ScratchOptions): Promise<void> {
  const modules = options.modules ?? 'link'
  await workspace.writeJson('package.json', {
    name: 'scratch',
    version: '0.0.0',
    private: true,
    type: 'module',
    workspaces: ['packages/*'],
    ...(typeof modules === 'object' && { devDependencies: installedDependencies(modules) }),
    ...options.packageJson,
  })
  await workspace.writeJson('nx.json', {
    defaultBase: 'main',
    analytics: false,
    plugins: ['@muster/nx'],
    ...options.nxJson,
  })
  // Without a slash, so that a node_modules that is a symlink is ignored too.
  await workspace.write('.gitignore', 'node_modules\ndist\n.nx\n.muster\nreports\n')
  for (const [path, text] of Object.entries(options.files ?? {})) await workspace.write(path, text)

  if (modules === 'link') await linkModules(workspace.root)
  else if (modules !== 'none') await installModules(workspace.root, modules)

  await workspace.git('init', '--quiet', '--initial-branch=main')
  await workspace.git('config', 'user.name', 'Scratch')
  await workspace.git('config', 'user.email', 'scratch@example.com')
  await workspace.git('config', 'commit.gpgsign', 'false')
  await workspace.commitAll('Start')
}

async function linkModules(root: string): Promise<void> {
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'), 'dir')
  // Nx reads versions of external packages from the lock; without it `externalDependencies` don't resolve.
  await copyFile(join(REPOSITORY, 'package-lock.json'), join(root, 'package-lock.json'))
}
