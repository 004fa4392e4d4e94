import type { Readable } from 'node:stream'

const NEWLINE = 10

/**
 * Calls `accept` for each whole line (without its newline). A line longer than `maxBytes` is dropped,
 * not gathered: whoever writes to the channel can't fill the reader's memory.
 */
export function onLines(stream: Readable, accept: (line: string) => void, maxBytes = 64 * 1024 * 1024): void {
  let parts: Buffer[] = []
  let bytes = 0
  stream.on('data', (chunk: Buffer) => {
    let start = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, start)) {
      const piece = chunk.subarray(start, at)
      start = at + 1
      const tooLong = bytes + piece.length > maxBytes
      const line = parts.length === 0 ? piece : Buffer.concat([...parts, piece])
      parts = []
      bytes = 0
      if (!tooLong) accept(line.toString('utf8'))
    }
    const rest = chunk.subarray(start)
    if (rest.length === 0) return
    bytes += rest.length
    if (bytes <= maxBytes) parts.push(rest)
    else parts = []
  })
}
