import type { TextDecoder } from 'node:util'
import { MAX_CHUNK } from './limits.ts'
import { SNIFF_BYTES, sniffDecoder } from './sniff-encoding.ts'
import { isHighSurrogate } from './text.ts'

export type ResultInput = string | AsyncIterable<Uint8Array | string>

/**
 * The input as well-formed text in chunks of at most MAX_CHUNK, without a byte order mark; no chunk ends
 * in the middle of a surrogate pair. If the source fails, what it gave is yielded and `onError` is told.
 */
export async function* decodeText(
  input: ResultInput,
  onError: (error: unknown) => void,
): AsyncGenerator<string, void, undefined> {
  let held = ''
  let first = true
  for await (const text of joined(input, onError)) {
    for (let from = 0; from < text.length; from += MAX_CHUNK) {
      let chunk = held + text.slice(from, from + MAX_CHUNK)
      held = ''
      if (isHighSurrogate(chunk.charCodeAt(chunk.length - 1))) {
        held = chunk.slice(-1)
        chunk = chunk.slice(0, -1)
      }
      if (first && chunk !== '') {
        first = false
        if (chunk.startsWith('\uFEFF')) chunk = chunk.slice(1)
      }
      if (chunk !== '') yield wellFormed(chunk)
    }
  }
  if (held !== '') yield '\uFFFD'
}

/** In Unicode mode a surrogate matches only where it stands alone. */
const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\uFFFD')

async function* joined(
  input: ResultInput,
  onError: (error: unknown) => void,
): AsyncGenerator<string, void, undefined> {
  if (typeof input === 'string') {
    yield input
    return
  }
  let head: Uint8Array = new Uint8Array()
  let decoder: TextDecoder | undefined
  try {
    for await (const chunk of input) {
      if (typeof chunk === 'string') {
        yield chunk
      } else if (decoder) {
        yield decoder.decode(chunk, { stream: true })
      } else {
        head = Buffer.concat([head, chunk])
        if (head.length < SNIFF_BYTES) continue
        decoder = sniffDecoder(head)
        yield decoder.decode(head, { stream: true })
      }
    }
  } catch (error) {
    onError(error)
  }
  yield decoder ? decoder.decode() : sniffDecoder(head).decode(head)
}
