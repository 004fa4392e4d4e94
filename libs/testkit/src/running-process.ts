import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Env } from './clean-env.ts'
import { until } from './until.ts'

export interface SpawnOptions {
  readonly cwd: string
  readonly env: Env
  /** Give it a pseudo-terminal (util-linux's `script`); both streams then arrive in `stdout`. */
  readonly tty?: boolean
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A started process in a group of its own, with what it wrote so far. */
export class RunningProcess {
  readonly pid: number
  /** Resolves when it has ended and its streams are closed. */
  readonly exit: Promise<Exit>
  #stdout = ''
  #stderr = ''
  #ended = false
  readonly #name: string
  readonly #child: ChildProcess

  constructor(command: readonly [string, ...string[]], { cwd, env, tty = false }: SpawnOptions) {
    const [file, ...args] = tty ? inTerminal(command) : command
    this.#name = command.join(' ')
    const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child = child
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text))
    this.exit = new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => {
        this.#ended = true
        resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr })
      })
    })
    // Whoever awaits `exit` sees the error; without a reader it must not end the test process.
    this.exit.catch(() => undefined)
    this.pid = child.pid ?? -1
  }

  get stdout(): string {
    return this.#stdout
  }

  get stderr(): string {
    return this.#stderr
  }

  /** @returns the first line on either stream that matches; throws when the process ends without one */
  async waitForLine(pattern: RegExp | string, timeoutMs = 60_000): Promise<string> {
    const matches = (line: string): boolean =>
      typeof pattern === 'string' ? line.includes(pattern) : pattern.test(line)
    const what = `a line with ${String(pattern)}`
    await this.#untilOrExit(() => this.#lines().some(matches), what, timeoutMs)
    return this.#lines().find(matches) ?? ''
  }

  async waitForFile(path: string, timeoutMs = 60_000): Promise<void> {
    await this.#untilOrExit(() => existsSync(path), `the file ${path}`, timeoutMs)
  }

  /** To the process alone. False when it is gone. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): boolean {
    return this.#child.kill(signal)
  }

  /** To its whole group, as a terminal does on Ctrl-C. False when nobody is left. */
  killGroup(signal: NodeJS.Signals = 'SIGINT'): boolean {
    try {
      return process.kill(-this.pid, signal)
    } catch {
      return false
    }
  }

  #lines(): string[] {
    return `${this.#stdout}\n${this.#stderr}`.split(/\r?\n/)
  }

  async #untilOrExit(check: () => boolean, what: string, timeoutMs: number): Promise<void> {
    try {
      // The end is looked at before the check, so that what it wrote last is still seen.
      const look = (): 'found' | 'ended' | undefined => {
        const ended = this.#ended
        if (check()) return 'found'
        return ended ? 'ended' : undefined
      }
      const how = await until(look, { what, timeoutMs })
      if (how === 'ended') throw new Error(`it ended without ${what}`)
    } catch (error) {
      const output = `stdout:\n${this.#stdout}\nstderr:\n${this.#stderr}`
      throw new Error(`${this.#name}: ${(error as Error).message}\n${output}`, { cause: error })
    }
  }
}

/** `script -e` answers with the command's exit code; `-q` keeps its own banner out. */
function inTerminal(command: readonly string[]): [string, ...string[]] {
  const quoted = command.map((part) => `'${part.replaceAll("'", String.raw`'\''`)}'`).join(' ')
  return ['script', '-qefc', quoted, '/dev/null']
}
