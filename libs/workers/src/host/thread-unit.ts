import type { UnitMessage } from '@muster/runners'

import { callEntry } from './call-entry.ts'
import { encodeMessage, MESSAGE_FD, type HostOrder } from './protocol.ts'
import { replaceEnv } from './replace-env.ts'
import { SyncWriter } from './sync-writer.ts'
import { poseAsMainThread } from './pose-as-main-thread.ts'
import { guardThread } from './thread-guards.ts'

/** What piscina calls in the thread: first without an order, to warm it up, then with the unit. */
export default async function threadUnit(order: HostOrder | undefined): Promise<void> {
  if (!order) return
  const messages = new SyncWriter(MESSAGE_FD)
  const report = (reason: string): void =>
    messages.write(encodeMessage(order.token, { type: 'unfit', reason }))
  guardThread(report)
  writeDirectly(process.stdout, 1)
  writeDirectly(process.stderr, 2)
  replaceEnv(order.env)
  const listeners = process.listenerCount('exit')
  const emit = (message: UnitMessage): void => messages.write(encodeMessage(order.token, message))
  await callEntry(order.entry, order.input, emit, poseAsMainThread)
  // The thread is thrown away without them, and one may have found something wrong.
  if (process.listenerCount('exit') > listeners) report('process.on("exit") is not called in a thread')
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
