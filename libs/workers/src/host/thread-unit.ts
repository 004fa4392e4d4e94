import { callEntry } from './call-entry.ts'
import { encodeMessage, MESSAGE_FD, type HostOrder } from './protocol.ts'
import { replaceEnv } from './replace-env.ts'
import { SyncWriter } from './sync-writer.ts'
import { guardThread } from './thread-guards.ts'

/** What piscina calls in the thread: first without an order, to warm it up, then with the unit. */
export default async function threadUnit(order: HostOrder | undefined): Promise<void> {
  if (!order) return
  const messages = new SyncWriter(MESSAGE_FD)
  guardThread((reason) => messages.write(encodeMessage(order.token, { type: 'unfit', reason })))
  writeDirectly(process.stdout, 1)
  writeDirectly(process.stderr, 2)
  replaceEnv(order.env)
  await callEntry(order.entry, order.input, (message) => messages.write(encodeMessage(order.token, message)))
}

/**
 * A thread's streams go through the main thread's event loop, later, and are lost when the process
 * dies. Written directly they come in order, before the unit's end, as a process of its own writes them.
 */
function writeDirectly(stream: NodeJS.WriteStream, fd: number): void {
  const writer = new SyncWriter(fd)
  stream._write = (chunk: string | Uint8Array, _encoding, done) => {
    writer.write(chunk)
    done()
  }
  // Several chunks one by one: they may be strings in different encodings.
  stream._writev = (chunks, done) => {
    for (const { chunk, encoding } of chunks)
      writer.write(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : (chunk as Uint8Array))
    done()
  }
}
