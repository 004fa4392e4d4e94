import { detectFormat } from './detect-format.ts'
import type { ResultFormat } from '@muster/model'
import { sniffDecoder } from './sniff-encoding.ts'

/** How much is looked at; bytes. */
const HEAD = 64 * 1024

/** What a stream of bytes holds by its first 64 KiB, and the stream from its beginning again. */
export async function sniffInput(input: AsyncIterable<Uint8Array>): Promise<{
  readonly format: ResultFormat | undefined
  readonly empty: boolean
  readonly input: AsyncIterable<Uint8Array>
}> {
  const source = input[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  let size = 0
  let failure: { readonly error: unknown } | undefined
  try {
    while (size < HEAD) {
      const next = await source.next()
      if (next.done === true) break
      head.push(next.value)
      size += next.value.length
    }
  } catch (error) {
    failure = { error }
  }
  const bytes = Buffer.concat(head).subarray(0, HEAD)
  return {
    format: detectFormat(sniffDecoder(bytes).decode(bytes, { stream: true })),
    empty: size === 0 && !failure,
    input: again(head, source, failure),
  }
}

async function* again(
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
  failure: { readonly error: unknown } | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* head
    if (failure) throw failure.error
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
