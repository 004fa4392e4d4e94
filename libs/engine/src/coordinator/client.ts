import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, openSync, closeSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { lineSocket, type LineSocket } from './line-socket.ts'
import type { ClientMessage, CoordinatorConfig, OwnerProcess, ServerMessage } from './protocol.ts'

/*
 * Kept free of heavy imports: this is what the Nx worker loads while the coordinator boots beside it.
 */

export type CoordinatorConnection = LineSocket<ServerMessage, ClientMessage>

/** Unix socket paths are limited to 107 bytes (unix(7)), and Node cuts longer ones off without a word. */
const LONGEST_PATH = 100

/** One coordinator for each nx process and workspace. */
export function socketPath(root: string, owner: OwnerProcess): string {
  const key = createHash('sha256')
    .update(`${root}\0${owner.pid}\0${owner.startedAt}`)
    .digest('hex')
    .slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\muster-${key}`
  const file = path.join(tmpdir(), `muster-${key}.sock`)
  return Buffer.byteLength(file) <= LONGEST_PATH ? file : `/tmp/muster-${key}.sock`
}

/** Starts a coordinator. Should two clients do so at once, the second coordinator sees the first and ends. */
export function spawnCoordinator(config: CoordinatorConfig): void {
  const log = path.join(config.root, '.muster', 'coordinator.log')
  let fd: number | 'ignore' = 'ignore'
  try {
    mkdirSync(path.dirname(log), { recursive: true })
    fd = openSync(log, 'a')
  } catch {
    // A read-only workspace has no log; the coordinator itself will say what it can't write.
  }
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const main = fileURLToPath(new URL(`./main.${extension}`, import.meta.url))
  const command = [process.execPath, ...process.execArgv, main, JSON.stringify(config)]
  const child = spawn(...outOfTheTree(command), {
    cwd: config.root,
    // A session of its own: Ctrl-C in the terminal reaches it as an order over the socket, not as a signal.
    detached: true,
    stdio: ['ignore', fd, fd],
    env: process.env,
  })
  child.unref()
  if (fd !== 'ignore') closeSync(fd)
}

/**
 * Nx ends a batch worker together with all its descendants, and the coordinator must outlive it: a shell
 * starts it and leaves, so that it has no ancestor here. (Node sets signals that the shell ignores back to
 * their defaults.)
 */
function outOfTheTree([file = '', ...args]: readonly string[]): [string, string[]] {
  if (process.platform === 'win32') return [file, args]
  return ['/bin/sh', ['-c', '"$@" &', 'sh', file, ...args]]
}

/** Undefined when nobody listens there. */
export function connectTo(socket: string): Promise<CoordinatorConnection | undefined> {
  return new Promise((resolve) => {
    const connection: Socket = connect(socket)
    connection.once('connect', () => resolve(lineSocket<ServerMessage, ClientMessage>(connection)))
    connection.once('error', () => resolve(undefined))
  })
}

/** A look costs 0.1 ms, and the run waits for it. */
const LOOK_EVERY_MS = 10

/** Connects, or starts the coordinator and connects. Undefined when it didn't come up in `patienceMs`. */
export async function attach(
  config: CoordinatorConfig,
  patienceMs = 30_000,
): Promise<CoordinatorConnection | undefined> {
  const first = await connectTo(config.socket)
  if (first) return first
  spawnCoordinator(config)
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    const connection = await connectTo(config.socket)
    if (connection) return connection
  }
  return undefined
}
