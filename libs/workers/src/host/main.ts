/**
 * The host process: started ahead of time, it waits for a unit and runs it in a fresh thread or in its
 * own main thread. It imports as little as it can, since it is started once for every slot, and in
 * process isolation once for every unit.
 */
import { Socket } from 'node:net'
import { Writable } from 'node:stream'

import { beginFrame, endFrame } from '../output/frames.ts'
import { callEntry } from './call-entry.ts'
import type { FreshThread } from './fresh-thread.ts'
import { startOwnUsage } from './own-usage.ts'
import { COMMAND_FD, encodeMessage, MESSAGE_FD, type HostCommand, type HostOrder } from './protocol.ts'
import { replaceEnv } from './replace-env.ts'
import { SyncWriter } from './sync-writer.ts'

const messages = new SyncWriter(MESSAGE_FD)
const streams = [new SyncWriter(1), new SyncWriter(2)]
const commands = new Socket({ fd: COMMAND_FD, readable: true, writable: false })
const base = { cwd: process.cwd(), env: { ...process.env } as Record<string, string> }
// Test code may replace these.
const { write } = Writable.prototype as { readonly write: (this: Writable, ...args: never[]) => boolean }
const exit = process.exit.bind(process)
const kill = process.kill.bind(process)

let spare: Promise<FreshThread> | undefined

/** Started in the base directory and environment, where the node options of the host were resolved. */
const startThread = async (): Promise<FreshThread> => {
  const module = await import('./fresh-thread.ts')
  return module.startThread()
}

async function runInThread(order: HostOrder): Promise<void> {
  const thread = await (spare ?? startThread())
  spare = undefined
  process.chdir(order.cwd)
  replaceEnv(order.env)
  const unfit = await thread.run(order)
  if (unfit !== undefined) messages.write(encodeMessage(order.token, { type: 'unfit', reason: unfit }))
  process.chdir(base.cwd)
  replaceEnv(base.env)
}

async function runInMain(order: HostOrder): Promise<void> {
  process.chdir(order.cwd)
  replaceEnv(order.env)
  // Unreferenced: a unit that waits for nothing ends its process, as it would without us.
  commands.unref()
  await callEntry(order.entry, order.input, (message) => messages.write(encodeMessage(order.token, message)))
  commands.ref()
}

/** What the streams of the main thread still hold is written first; process.exit would lose it. */
const flush = async (): Promise<void> => {
  for (const stream of [process.stdout, process.stderr])
    // Asked first: a test that has replaced process.nextTick keeps the callback from coming.
    if (stream.writableLength > 0) await new Promise((resolve) => Reflect.apply(write, stream, ['', resolve]))
}

async function run(order: HostOrder): Promise<void> {
  const used = startOwnUsage()
  for (const stream of streams) stream.write(beginFrame(order.token))
  if (order.where === 'thread') await runInThread(order)
  else await runInMain(order)
  if (order.where !== 'thread') await flush()
  messages.write(encodeMessage(order.token, { type: 'usage', ...used() }))
  if (order.where === 'once') {
    messages.write(encodeMessage(order.token, { type: 'done' }))
    // With its own exit code and exit handlers, as when the runner is started by hand.
    exit()
  }
  if (order.where === 'reused') process.chdir(base.cwd)
  for (const stream of streams) stream.write(endFrame(order.token))
  messages.write(encodeMessage(order.token, { type: 'done' }))
}

function accept(command: HostCommand): void {
  if (command.type === 'run') void run(command)
  else spare ??= startThread()
}

let received = ''
commands.setEncoding('utf8')
commands.on('data', (text: string) => {
  const lines = (received + text).split('\n')
  received = lines.pop() ?? ''
  for (const line of lines) accept(JSON.parse(line) as HostCommand)
})
// The coordinator is gone: nothing of ours may outlive it.
commands.on('close', () => {
  if (process.platform !== 'win32') kill(-process.pid, 'SIGKILL')
  exit(1)
})
