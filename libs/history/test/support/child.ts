import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type Message = readonly [kind: string, detail?: string]

/** A child process on a script of this folder, steered by what it says. */
export class Child {
  readonly #process: ChildProcess
  readonly #said: Message[] = []
  readonly #exit: Promise<unknown>
  #stderr = ''
  #wake: () => void = () => undefined

  constructor(script: string, args: readonly string[], options: { uid?: number } = {}) {
    this.#process = fork(fileURLToPath(new URL(script, import.meta.url)), args, {
      execArgv: ['--import=tsx', '--conditions=@muster/source'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
    })
    this.#exit = once(this.#process, 'close')
    this.#process.stderr?.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()))
    let rest = ''
    this.#process.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n')
      rest = lines.pop() ?? ''
      this.#said.push(...lines.map((line) => line.split(' ') as unknown as Message))
      this.#wake()
    })
    void this.#exit.then(() => this.#wake())
  }

  /** Resolves as soon as the child has said `kind` for the nth time. Fails when it ends before that. */
  async heard(kind: string, nth = 1): Promise<void> {
    while (this.details(kind).length < nth) {
      const { exitCode, signalCode } = this.#process
      if (exitCode !== null || signalCode !== null) {
        throw new Error(`the child ended (${exitCode ?? signalCode}) before '${kind}': ${this.#stderr}`)
      }
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  /** What came with each message of this kind so far. */
  details(kind: string): string[] {
    return this.#said.filter(([each]) => each === kind).map(([, detail]) => detail ?? '')
  }

  tell(message: string): void {
    this.#process.send(message)
  }

  /** kill -9; resolves when it is gone and all it said was heard. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#exit
  }

  /** Waits for its own end; fails unless that is exit code 0. */
  async end(): Promise<void> {
    await this.#exit
    if (this.#process.exitCode !== 0) throw new Error(`the child failed: ${this.#stderr}`)
  }
}
