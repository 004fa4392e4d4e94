import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

export interface NxResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A real Nx workspace in a temporary folder, that uses the built plugin through node_modules of this repository. */
export class ScratchWorkspace {
  readonly root = mkdtempSync(join(tmpdir(), 'muster-nx-'))

  constructor(files: Readonly<Record<string, unknown>> = {}) {
    symlinkSync(join(repository, 'node_modules'), join(this.root, 'node_modules'), 'dir')
    this.write('nx.json', { analytics: false, plugins: ['@muster/nx'] })
    this.write('package.json', { name: 'scratch', private: true, workspaces: ['libs/*'] })
    this.write('.gitignore', 'node_modules\n.muster\n.nx\n')
    for (const [path, content] of Object.entries(files)) this.write(path, content)
  }

  /** Text as it is, anything else as JSON. */
  write(path: string, content: unknown): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true })
    writeFileSync(
      join(this.root, path),
      typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    )
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8')
  }

  nx(...args: string[]): NxResult {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [realpathSync(join(repository, 'node_modules/.bin/nx')), ...args],
      {
        cwd: this.root,
        encoding: 'utf8',
        env: {
          ...withoutNx(process.env),
          NX_DAEMON: 'false',
          NX_NO_CLOUD: 'true',
          NX_TUI: 'false',
          NX_ISOLATE_PLUGINS: 'false',
          NX_CACHE_DIRECTORY: join(this.root, '.nx/cache'),
          NX_WORKSPACE_DATA_DIRECTORY: join(this.root, '.nx/data'),
        },
      },
    )
    return { code: status, stdout, stderr }
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}

/** These tests may themselves be run by Nx, whose variables would point the inner one at the outer workspace. */
function withoutNx(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(NX_|MUSTER_|NODE_OPTIONS$)/.test(name)),
  )
}
