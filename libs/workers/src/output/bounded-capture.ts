/** One stream of an attempt, bounded: what doesn't fit is cut out of the middle and counted. */
export interface Captured {
  /** Everything, or head + a line that says how much was cut + tail. */
  readonly data: Buffer
  /** Bytes that were written. */
  readonly totalBytes: number
}

/** Bytes kept from the start and from the end of each stream. */
export interface OutputLimit {
  readonly head: number
  readonly tail: number
}

export const DEFAULT_OUTPUT_LIMIT: OutputLimit = { head: 512 * 1024, tail: 512 * 1024 }

/**
 * Copies what it keeps, so that the buffers of the socket can be freed: endless output costs
 * `head + tail` bytes and no more. The tail is a ring that is allocated when the head is full.
 */
export class BoundedCapture {
  readonly #limit: OutputLimit
  readonly #head: Buffer[] = []
  #headBytes = 0
  #ring: Buffer | undefined
  #ringBytes = 0
  #ringNext = 0
  #total = 0

  constructor(limit: OutputLimit) {
    this.#limit = limit
  }

  get totalBytes(): number {
    return this.#total
  }

  write(chunk: Buffer): void {
    this.#total += chunk.length
    const room = Math.min(this.#limit.head - this.#headBytes, chunk.length)
    if (room > 0) {
      this.#head.push(Buffer.from(chunk.subarray(0, room)))
      this.#headBytes += room
    }
    if (room < chunk.length) this.#writeTail(chunk.subarray(room))
  }

  #writeTail(chunk: Buffer): void {
    const size = this.#limit.tail
    if (size === 0) return
    this.#ring ??= Buffer.allocUnsafe(size)
    const kept = chunk.subarray(Math.max(0, chunk.length - size))
    const first = kept.subarray(0, size - this.#ringNext)
    first.copy(this.#ring, this.#ringNext)
    kept.copy(this.#ring, 0, first.length)
    this.#ringNext = (this.#ringNext + kept.length) % size
    this.#ringBytes = Math.min(size, this.#ringBytes + kept.length)
  }

  #tail(): Buffer {
    if (!this.#ring) return Buffer.alloc(0)
    if (this.#ringBytes < this.#limit.tail) return this.#ring.subarray(0, this.#ringBytes)
    return Buffer.concat([this.#ring.subarray(this.#ringNext), this.#ring.subarray(0, this.#ringNext)])
  }

  captured(): Captured {
    const head = Buffer.concat(this.#head)
    const tail = this.#tail()
    const totalBytes = this.#total
    if (head.length + tail.length === totalBytes) return { data: Buffer.concat([head, tail]), totalBytes }
    const start = head.subarray(0, wholeCharacters(head))
    const end = tail.subarray(continuationBytes(tail))
    const cut = totalBytes - start.length - end.length
    return { data: Buffer.concat([start, Buffer.from(`\n… ${cut} bytes cut …\n`), end]), totalBytes }
  }
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** How many bytes at the start belong to a UTF-8 character that was cut (at most 3). */
function continuationBytes(data: Buffer): number {
  let count = 0
  while (count < 3 && isContinuation(data[count])) count++
  return count
}

/** Length without a UTF-8 character that was cut at the end. */
function wholeCharacters(data: Buffer): number {
  let start = data.length - 1
  while (start > data.length - 4 && isContinuation(data[start])) start--
  const lead = data[start]
  if (lead === undefined || lead < 0xc0) return data.length
  const needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  return data.length - start >= needed ? data.length : start
}
