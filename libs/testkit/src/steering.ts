import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Invocation } from './invocation.ts'
import { until } from './until.ts'

const CHILD = fileURLToPath(new URL('../assets/steered.mjs', import.meta.url))

/**
 * Steers processes that somebody else starts: Muster, Nx, a shell. Each announces itself under a name and
 * waits for orders, so a test says exactly when what happens, instead of sleeping.
 *
 * ```
 * suite command:  steering.command('s1')     ── or in a spec:  await awaitOrders(socketPath, 's1')
 * test:           const s1 = await steering.next('s1');  …;  await s1.exit(1)
 * ```
 */
export class Steering {
  readonly socketPath: string
  /** For `import { awaitOrders } from '<modulePath>'` in a spec. */
  readonly modulePath: string = CHILD
  readonly #dir: string
  readonly #server: Server
  readonly #waiting: Invocation[] = []
  readonly #all: Invocation[] = []
  /** Also of processes that have not announced themselves yet. */
  readonly #sockets = new Set<Socket>()

  private constructor(dir: string) {
    this.#dir = dir
    this.socketPath = join(dir, 's')
    this.#server = createServer((socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
      Invocation.greet(socket, this.socketPath, (invocation) => {
        this.#waiting.push(invocation)
        this.#all.push(invocation)
      })
    })
  }

  static async open(): Promise<Steering> {
    const steering = new Steering(await mkdtemp(join(tmpdir(), 'muster-steer-')))
    await new Promise<void>((resolve) => void steering.#server.listen(steering.socketPath, resolve))
    return steering
  }

  /** A shell command whose process announces itself under `name`. */
  command(name: string): string {
    return `"${process.execPath}" "${CHILD}" "${this.socketPath}" "${name}"`
  }

  /** The next process that announces (or announced) itself under `name`, each once. */
  next(name: string, timeoutMs = 60_000): Promise<Invocation> {
    const take = (): Invocation | undefined => {
      const index = this.#waiting.findIndex((each) => each.name === name)
      return index === -1 ? undefined : this.#waiting.splice(index, 1)[0]
    }
    return until(take, { what: `a process to announce itself as ${name}`, timeoutMs })
  }

  /** Names announced so far, in order: what was started, and how often. */
  get announced(): readonly string[] {
    return this.#all.map((each) => each.name)
  }

  /** Steered processes end when their connection does. */
  async close(): Promise<void> {
    for (const each of this.#all) each.disconnect()
    const closed = new Promise((resolve) => void this.#server.close(resolve))
    for (const socket of this.#sockets) socket.end()
    await closed
    await rm(this.#dir, { recursive: true, force: true })
  }
}
