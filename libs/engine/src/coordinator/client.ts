import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, openSync, closeSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { lineSocket, type LineSocket } from './line-socket.ts'
import {
  PROTOCOL_VERSION,
  type ClientMessage,
  type CoordinatorConfig,
  type CoordinatorStart,
  type OwnerProcess,
  type ServerMessage,
} from './protocol.ts'
import { testEnv } from './test-env.ts'

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
export function spawnCoordinator({ root, socket, owner, workers }: CoordinatorStart): void {
  const log = path.join(root, '.muster', 'coordinator.log')
  let fd: number | 'ignore' = 'ignore'
  try {
    mkdirSync(path.dirname(log), { recursive: true })
    fd = openSync(log, 'a')
  } catch {
    // A read-only workspace has no log; the coordinator itself will say what it can't write.
  }
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const main = fileURLToPath(new URL(`./main.${extension}`, import.meta.url))
  const start: CoordinatorStart = { root, socket, owner, workers }
  const command = [process.execPath, ...ownNodeOptions(), main, JSON.stringify(start)]
  const child = spawn(...outOfTheTree(command), {
    cwd: root,
    // A session of its own: Ctrl-C in the terminal reaches it as an order over the socket, not as a signal.
    detached: true,
    stdio: ['ignore', fd, fd],
    env: process.env,
  })
  child.unref()
  if (fd !== 'ignore') closeSync(fd)
}

/**
 * As this process, so that a source checkout's loader comes along; but not its debugger, and not the condition under
 * which Nx runs its plugins: it would change what the tests' configuration imports.
 */
const ownNodeOptions = (): string[] =>
  process.execArgv.filter(
    (option, at, all) =>
      !option.startsWith('--inspect') &&
      !(option === '--conditions' && all[at + 1] === 'development') &&
      !(option === 'development' && all[at - 1] === '--conditions'),
  )

/**
 * Nx ends a batch worker together with all its descendants, and the coordinator must outlive it: a shell
 * starts it and leaves, so that it has no ancestor here. (Node sets signals that the shell ignores back to
 * their defaults.)
 */
function outOfTheTree([file = '', ...args]: readonly string[]): [string, string[]] {
  if (process.platform === 'win32') return [file, args]
  return ['/bin/sh', ['-c', '"$@" &', 'sh', file, ...args]]
}

/** A connection to be greeted by; undefined when nobody listens there. */
export function connectTo(socket: string): Promise<CoordinatorConnection | undefined> {
  return new Promise((resolve) => {
    const connection: Socket = connect(socket)
    connection.once('connect', () => resolve(lineSocket<ServerMessage, ClientMessage>(connection)))
    connection.once('error', () => resolve(undefined))
  })
}

/** A look costs 0.1 ms, and the run waits for it. */
const LOOK_EVERY_MS = 10

/** Joins the run of a coordinator that is there; whether it has one shows in its answers. */
export async function join(socket: string): Promise<CoordinatorConnection | undefined> {
  const connection = await connectTo(socket)
  connection?.send({ type: 'join', v: PROTOCOL_VERSION })
  return connection
}

const PATIENCE_MS = 30_000

/**
 * Connects, or starts the coordinator and connects, and opens the run unless it is. Undefined when no coordinator
 * came up within 30 s.
 * @param env of whoever asks for suites; their tests get it
 */
export async function attach(
  config: CoordinatorConfig,
  env: NodeJS.ProcessEnv = process.env,
): Promise<CoordinatorConnection | undefined> {
  const connection = await reach(config)
  connection?.send({ type: 'open', v: PROTOCOL_VERSION, config, env: testEnv(env) })
  return connection
}

async function reach(config: CoordinatorStart): Promise<CoordinatorConnection | undefined> {
  const first = await connectTo(config.socket)
  if (first) return first
  spawnCoordinator(config)
  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    const connection = await connectTo(config.socket)
    if (connection) return connection
  }
  return undefined
}
