import { closeSync, createReadStream, openSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** Endless output must not fill the disk either; results beyond this are incomplete. */
const MAX_BYTES = 512 * 1024 * 1024

/**
 * All of a stream that is to be read again as results, where a capture without its middle won't do.
 * Written synchronously, so that what waits for the disk is bounded by the pipe.
 */
export class Spool {
  readonly #fd: number
  #bytes = 0

  constructor(token: string) {
    const path = join(tmpdir(), `muster-${token}.out`)
    this.#fd = openSync(path, 'wx+', 0o600)
    // Without a name it is gone with us, however we end.
    unlinkSync(path)
  }

  write(chunk: Buffer): void {
    if (this.#bytes + chunk.length > MAX_BYTES) return
    writeSync(this.#fd, chunk)
    this.#bytes += chunk.length
  }

  read(): Readable {
    return createReadStream('', { fd: this.#fd, start: 0, autoClose: false })
  }

  close(): void {
    closeSync(this.#fd)
  }
}
