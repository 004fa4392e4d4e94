import { linkSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { connectTo } from './client.ts'

/**
 * Listens on the run's socket; undefined when another coordinator does already. A socket file that a dead
 * coordinator left behind is taken over.
 */
export async function listen(
  socket: string,
  onConnection: (connection: Socket) => void,
): Promise<Server | undefined> {
  const first = await tryListen(socket, onConnection)
  if (first || (await isServed(socket))) return first
  const lock = `${socket}.takeover`
  if (!takeLock(socket, lock)) return undefined
  try {
    if (await isServed(socket)) return undefined
    rmSync(socket, { force: true })
    return await tryListen(socket, onConnection)
  } finally {
    rmSync(lock, { force: true })
  }
}

/** A takeover is a matter of milliseconds; whoever holds the lock longer has died with it. */
const LOCK_MS = 10_000

/**
 * Of several that find a dead one's socket only one may replace it: each would remove what the one before
 * has just made. Making a link is atomic, and says so when it is there.
 */
function takeLock(socket: string, lock: string): boolean {
  const held = statSync(lock, { throwIfNoEntry: false })
  if (held && Date.now() - held.ctimeMs > LOCK_MS) rmSync(lock, { force: true })
  try {
    linkSync(socket, lock)
    return true
  } catch {
    return false
  }
}

async function isServed(socket: string): Promise<boolean> {
  const other = await connectTo(socket)
  other?.close()
  return other !== undefined
}

function tryListen(socket: string, onConnection: (connection: Socket) => void): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer(onConnection)
    server.once('error', (error: NodeJS.ErrnoException) => {
      // In use is foreseen; anything else ends up in the coordinator's log.
      if (error.code !== 'EADDRINUSE') console.error(`the coordinator can't listen: ${error.message}`)
      resolve(undefined)
    })
    server.listen(socket, () => resolve(server))
  })
}
