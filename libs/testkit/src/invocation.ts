import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'

interface Announcement {
  readonly name: string
  readonly pid: number
  readonly ppid: number
  readonly cwd: string
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

type Order =
  | { readonly type: 'write'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'ignore-signal'; readonly signal: NodeJS.Signals }
  | {
      readonly type: 'spawn'
      readonly name: string
      readonly detached: boolean
      readonly socketPath: string
    }
  | { readonly type: 'exit'; readonly code: number }
  | { readonly type: 'go-on'; readonly value: unknown }

/** One steered process, waiting for orders. Every order resolves when it was carried out. */
export class Invocation {
  readonly name: string
  readonly pid: number
  readonly ppid: number
  readonly cwd: string
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Resolves when the process is gone, or went on. */
  readonly closed: Promise<void>
  readonly #socket: Socket
  readonly #socketPath: string
  readonly #acknowledge: (() => void)[] = []

  private constructor(said: Announcement, socket: Socket, socketPath: string) {
    this.name = said.name
    this.pid = said.pid
    this.ppid = said.ppid
    this.cwd = said.cwd
    this.argv = said.argv
    this.env = said.env
    this.#socket = socket
    this.#socketPath = socketPath
    this.closed = new Promise((resolve) => void socket.once('close', () => resolve()))
  }

  /** Reads the announcement, then the acknowledgements. */
  static greet(socket: Socket, socketPath: string, announce: (invocation: Invocation) => void): void {
    let invocation: Invocation | undefined
    // A killed process resets its connection; `close` follows and is what counts.
    socket.on('error', () => undefined)
    createInterface({ input: socket }).on('line', (line) => {
      if (invocation) return invocation.#acknowledge.shift()?.()
      invocation = new Invocation(JSON.parse(line) as Announcement, socket, socketPath)
      announce(invocation)
    })
  }

  write(text: string, stream: 'stdout' | 'stderr' = 'stdout'): Promise<void> {
    return this.#order({ type: 'write', stream, text })
  }

  /** From now on the signal does nothing (SIGKILL can't be ignored). */
  ignoreSignal(signal: NodeJS.Signals): Promise<void> {
    return this.#order({ type: 'ignore-signal', signal })
  }

  /** Starts a child that announces itself under `name`; detached, it leads a session of its own. */
  spawn(name: string, { detached = false } = {}): Promise<void> {
    return this.#order({ type: 'spawn', name, detached, socketPath: this.#socketPath })
  }

  /** Ends the process. */
  async exit(code: number): Promise<void> {
    void this.#order({ type: 'exit', code })
    await this.closed
  }

  /** Lets `awaitOrders` return `value`; the process lives on. */
  async goOn(value: unknown = null): Promise<void> {
    void this.#order({ type: 'go-on', value })
    await this.closed
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    process.kill(this.pid, signal)
  }

  disconnect(): void {
    this.#socket.destroy()
  }

  /** Also settles when the process dies instead of answering; `closed` tells. */
  #order(order: Order): Promise<void> {
    const done = new Promise<void>((resolve) => void this.#acknowledge.push(resolve))
    this.#socket.write(`${JSON.stringify(order)}\n`)
    return Promise.race([done, this.closed])
  }
}
