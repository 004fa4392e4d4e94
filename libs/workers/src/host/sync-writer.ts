import fs from 'node:fs'

// Taken before any test code runs, which may replace them.
const { writeSync } = fs
const { wait } = Atomics
const sleeper = new Int32Array(new SharedArrayBuffer(4))

/**
 * Writes to a file descriptor before it returns, so that what was said survives process.exit, abort
 * and an endless loop. Blocks while the reader is behind; that is what bounds everybody's memory.
 */
export class SyncWriter {
  readonly #fd: number
  #backlog: Buffer = Buffer.alloc(0)

  constructor(fd: number) {
    this.#fd = fd
  }

  write(data: string | Uint8Array): void {
    const bytes =
      typeof data === 'string' ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.length)
    const all = this.#backlog.length > 0 ? Buffer.concat([this.#backlog, bytes]) : bytes
    let at = 0
    while (at < all.length) {
      try {
        at += writeSync(this.#fd, all, at)
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'EAGAIN') wait(sleeper, 0, 0, 1)
        // Nobody reads any more; whoever started us is gone, or has what it wants.
        else if (code === 'EPIPE') at = all.length
        else break
      }
    }
    // A test that fakes the file system also fakes this descriptor; said again with the next message.
    this.#backlog = at === all.length ? Buffer.alloc(0) : Buffer.from(all.subarray(at))
  }
}
