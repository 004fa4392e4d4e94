import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Env } from './clean-env.ts'
import { processesWithEnv, type FoundProcess } from './processes-with-env.ts'
import { mustRun, runCommand } from './run-command.ts'
import { RunningProcess, type Exit } from './running-process.ts'
import { SCRATCH_MARKER, scratchEnv } from './scratch-env.ts'
import { prepareScratch, type ScratchOptions } from './prepare-scratch.ts'

export interface CallOptions {
  /** Over the workspace's own; undefined removes a variable. */
  readonly env?: Env
  readonly timeoutMs?: number
  readonly tty?: boolean
  /** Workspace-relative. */
  readonly cwd?: string
}

/** A real Nx workspace in a temporary folder: git history, real nx, real files. */
export class ScratchWorkspace {
  /** Absolute, without symlinks: Nx and the kernel report paths that way. */
  readonly root: string
  /** `NAME=value` that every process started from here carries. */
  readonly marker: string
  readonly #env: Env

  /** @param env over the environment of everything that is started from here */
  constructor(root: string, env: Env = {}) {
    this.root = root
    this.#env = env
    this.marker = `${SCRATCH_MARKER}=${root}`
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts)
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true })
    await writeFile(this.path(path), text)
  }

  async writeJson(path: string, value: unknown): Promise<void> {
    await this.write(path, `${JSON.stringify(value, null, 2)}\n`)
  }

  async remove(path: string): Promise<void> {
    await rm(this.path(path), { recursive: true, force: true })
  }

  exists(path: string): boolean {
    return existsSync(this.path(path))
  }

  read(path: string): Promise<string> {
    return readFile(this.path(path), 'utf8')
  }

  async readJson<T>(path: string): Promise<T> {
    return JSON.parse(await this.read(path)) as T
  }

  /** Throws unless git succeeds. @returns its trimmed stdout */
  async git(...args: string[]): Promise<string> {
    const { stdout } = await mustRun(['git', ...args], { cwd: this.root, env: scratchEnv(this.root) })
    return stdout.trim()
  }

  async commitAll(message: string): Promise<void> {
    await this.git('add', '--all')
    await this.git('commit', '--quiet', '--allow-empty', '--message', message)
  }

  nx(args: readonly string[], options: CallOptions = {}): Promise<Exit> {
    return this.run([this.bin('nx'), ...args], options)
  }

  muster(args: readonly string[], options: CallOptions = {}): Promise<Exit> {
    return this.run([this.bin('muster'), ...args], options)
  }

  run(command: readonly [string, ...string[]], options: CallOptions = {}): Promise<Exit> {
    const limit = options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }
    return runCommand(command, { ...this.#spawnOptions(options), ...limit })
  }

  spawnNx(args: readonly string[], options: CallOptions = {}): RunningProcess {
    return this.spawn([this.bin('nx'), ...args], options)
  }

  spawnMuster(args: readonly string[], options: CallOptions = {}): RunningProcess {
    return this.spawn([this.bin('muster'), ...args], options)
  }

  spawn(command: readonly [string, ...string[]], options: CallOptions = {}): RunningProcess {
    return new RunningProcess(command, this.#spawnOptions(options))
  }

  bin(name: string): string {
    return this.path('node_modules/.bin', name)
  }

  /** What was started from here and still lives. */
  processes(): Promise<FoundProcess[]> {
    return processesWithEnv(this.marker)
  }

  /** Ends what still runs, then deletes the folder. */
  async dispose(): Promise<void> {
    for (let left = await this.processes(); left.length > 0; left = await this.processes()) {
      for (const { pid } of left) killQuietly(pid)
    }
    await rm(this.root, { recursive: true, force: true, maxRetries: 3 })
  }

  #spawnOptions({ env = {}, tty = false, cwd = '.' }: CallOptions) {
    return { cwd: this.path(cwd), env: scratchEnv(this.root, { ...this.#env, ...env }), tty }
  }
}

export async function createScratchWorkspace(options: ScratchOptions = {}): Promise<ScratchWorkspace> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'muster-scratch-')))
  const workspace = new ScratchWorkspace(root, options.env)
  try {
    await prepareScratch(workspace, options)
    return workspace
  } catch (error) {
    await workspace.dispose()
    throw error
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended between the look and the kill.
  }
}
