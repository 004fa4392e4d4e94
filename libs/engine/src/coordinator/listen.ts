import { rmSync } from 'node:fs'
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
  if (first) return first
  const other = await connectTo(socket)
  if (other) {
    other.close()
    return undefined
  }
  rmSync(socket, { force: true })
  return tryListen(socket, onConnection)
}

function tryListen(socket: string, onConnection: (connection: Socket) => void): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer(onConnection)
    server.once('error', () => resolve(undefined))
    server.listen(socket, () => resolve(server))
  })
}
