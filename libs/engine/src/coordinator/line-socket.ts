import type { Socket } from 'node:net'

/** JSON values over a socket, one a line. Lines that aren't JSON end the connection: the peer is not ours. */
export interface LineSocket<In, Out> {
  send(message: Out): void
  onMessage(handler: (message: In) => void): void
  onClose(handler: () => void): void
  close(): void
}

export function lineSocket<In, Out>(socket: Socket): LineSocket<In, Out> {
  let rest = ''
  let handle: ((message: In) => void) | undefined
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      let message: In
      try {
        message = JSON.parse(line) as In
      } catch {
        socket.destroy()
        return
      }
      handle?.(message)
    }
  })
  // 'close' follows every error, and is what callers act on.
  socket.on('error', () => {})
  return {
    send: (message) => {
      if (socket.writable) socket.write(`${JSON.stringify(message)}\n`)
    },
    onMessage: (handler) => {
      handle = handler
    },
    onClose: (handler) => {
      socket.on('close', handler)
    },
    close: () => {
      socket.end()
    },
  }
}
