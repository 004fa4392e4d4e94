import { readFile } from 'node:fs/promises'
import type { TestCase } from '@muster/model'

export const fixture = (name: string): Promise<string> =>
  readFile(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

/** `status path [reason or message]`, one line a case: what a reader of a report sees. */
export const summary = (cases: readonly TestCase[]): string[] =>
  cases.map(({ path, status, error, skipReason, attempts }) => {
    const note = error?.message ?? skipReason
    const times = attempts === undefined ? '' : ` x${attempts}`
    return `${status}${times} ${path.join(' › ')}${note === undefined ? '' : ` [${note}]`}`
  })

/** The text in chunks of `size` bytes. */
export async function* bytes(text: string, size: number): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text)
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size)
}
