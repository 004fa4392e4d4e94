import type { Server, Socket } from 'node:net'
import { createPool, type WorkerPool } from '@muster/workers'
import { Coordinator, type Client } from './coordinator.ts'
import { lineSocket } from './line-socket.ts'
import { isRunning } from './process-info.ts'
import {
  PROTOCOL_VERSION,
  type ClientMessage,
  type CoordinatorStart,
  type Greeting,
  type ServerMessage,
} from './protocol.ts'

/** How often we look whether nx still lives, as long as there is no run. */
const OWNER_WATCH_MS = 250

/** Where clients are met: the first one that opens the run makes the coordinator. Without one nothing is left behind. */
export class Reception {
  private readonly start: CoordinatorStart
  private readonly server: Server
  private readonly warmPool: WorkerPool
  private readonly ownerWatch: NodeJS.Timeout
  private coordinator: Coordinator | undefined

  /** @param warmPool boots while nothing is known of the run but how many workers it has */
  constructor(start: CoordinatorStart, server: Server, warmPool: WorkerPool) {
    this.start = start
    this.server = server
    this.warmPool = warmPool
    this.ownerWatch = setInterval(() => {
      if (!isRunning(start.owner)) this.leave()
    }, OWNER_WATCH_MS)
  }

  meet(socket: Socket): void {
    const client = lineSocket<ClientMessage, ServerMessage>(socket)
    client.onMessage((message) => {
      const refusal = this.greet(client, message)
      if (refusal !== undefined) client.send({ type: 'refused', reason: refusal })
    })
  }

  /** @returns why the client is not served */
  private greet(client: Client, message: ClientMessage): string | undefined {
    if (message.type !== 'open' && message.type !== 'join') return 'it did not say what it wants'
    if (message.v !== PROTOCOL_VERSION) return `protocol ${message.v}, this is ${PROTOCOL_VERSION}`
    if (message.type === 'open') this.coordinator ??= this.open(message)
    if (!this.coordinator) return 'no run has begun'
    this.coordinator.welcome(client)
    return undefined
  }

  private open({ config, env }: Extract<Greeting, { type: 'open' }>): Coordinator {
    clearInterval(this.ownerWatch)
    let pool = this.warmPool
    if (config.workers !== this.start.workers) {
      void pool.close()
      pool = createPool({ workers: config.workers, root: config.root, env })
    }
    return new Coordinator(config, this.server, pool, env)
  }

  private leave(): void {
    clearInterval(this.ownerWatch)
    this.server.close()
    // Not by itself: a client that is still there would keep it.
    void this.warmPool.close().then(() => process.exit())
  }
}
