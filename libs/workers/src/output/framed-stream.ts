import type { Readable } from 'node:stream'

import { BoundedCapture, type OutputLimit } from './bounded-capture.ts'
import { beginFrame, endFrame } from './frames.ts'

const START = Buffer.from('\0')

/**
 * One output stream of a host process, given to the unit that wrote it.
 *
 *   booting ──begin(t)──▶ opening ──begin frame──▶ open ──end frame──▶ idle ──begin(t)──▶ opening …
 *
 * What a host prints before its first unit (a loader's warning) belongs to that unit. What arrives
 * while idle was written by something that outlived its unit, and is dropped.
 */
export class FramedStream {
  readonly #limit: OutputLimit
  #capture: BoundedCapture
  #keep = true
  #frame: Buffer | undefined
  #next: Buffer | undefined
  #held: Buffer = Buffer.alloc(0)
  #closed = false
  #onEnd: (() => void) | undefined

  constructor(stream: Readable, limit: OutputLimit) {
    this.#limit = limit
    this.#capture = new BoundedCapture(limit)
    stream.on('data', (chunk: Buffer) => this.#accept(chunk))
    stream.on('error', () => this.#finish())
    stream.on('close', () => this.#finish())
  }

  /** What the host has printed so far; for a host that dies before its first unit. */
  get current(): BoundedCapture {
    return this.#capture
  }

  /** Opens the capture of a unit. `ended` resolves at its end frame, or when the stream closes. */
  begin(token: string): { readonly capture: BoundedCapture; readonly ended: Promise<void> } {
    if (!this.#keep) this.#capture = new BoundedCapture(this.#limit)
    this.#frame = Buffer.from(beginFrame(token))
    this.#next = Buffer.from(endFrame(token))
    const ended = new Promise<void>((resolve) => {
      this.#onEnd = resolve
      if (this.#closed) resolve()
    })
    return { capture: this.#capture, ended }
  }

  #accept(chunk: Buffer): void {
    let data = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk
    this.#held = Buffer.alloc(0)
    while (this.#frame) {
      const at = data.indexOf(this.#frame)
      if (at < 0) break
      this.#put(data.subarray(0, at))
      data = data.subarray(at + this.#frame.length)
      this.#frame = this.#next
      this.#keep = this.#next !== undefined
      this.#next = undefined
      if (!this.#keep) this.#onEnd?.()
    }
    if (this.#frame) {
      const from = partialFrame(data, this.#frame)
      // Copied: a view would hold the whole chunk in memory until the next one comes.
      this.#held = Buffer.from(data.subarray(from))
      data = data.subarray(0, from)
    }
    this.#put(data)
  }

  #put(data: Buffer): void {
    if (this.#keep && data.length > 0) this.#capture.write(data)
  }

  #finish(): void {
    this.#closed = true
    this.#put(this.#held)
    this.#held = Buffer.alloc(0)
    this.#onEnd?.()
  }
}

/** Where a frame may have begun that goes on in the next chunk; the length of `data` when nowhere. */
function partialFrame(data: Buffer, frame: Buffer): number {
  let at = data.indexOf(START, Math.max(0, data.length - frame.length + 1))
  while (at >= 0) {
    const rest = data.subarray(at)
    if (rest.equals(frame.subarray(0, rest.length))) return at
    at = data.indexOf(START, at + 1)
  }
  return data.length
}
