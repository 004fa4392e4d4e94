import type { Readable } from 'node:stream'

/** For streams that a process of another user, or one that got away, still holds. */
const LIMIT_MS = 1000

/** Waits until nobody holds the streams, within reason; then frees them. */
export async function closed(streams: readonly Readable[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const all = streams.map(async (stream) => {
    if (!stream.closed) await new Promise((resolve) => stream.once('close', resolve))
  })
  const limit = new Promise((resolve) => (timer = setTimeout(resolve, LIMIT_MS)))
  await Promise.race([Promise.all(all), limit])
  clearTimeout(timer)
  for (const stream of streams) stream.destroy()
}
