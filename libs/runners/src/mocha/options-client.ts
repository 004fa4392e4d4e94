import { fork, type ChildProcess } from 'node:child_process'
import type { OptionsReply, OptionsRequest } from './options-protocol.ts'
import { siblingModule } from '../sibling-module.ts'

type Settle = (reply: OptionsReply) => void

let child: ChildProcess | undefined
let nextId = 0
const waiting = new Map<number, Settle>()

/** One process serves all suites of a run: it is the loading of mocha that costs, not a config. */
export function askOptions(request: Omit<OptionsRequest, 'id'>): Promise<OptionsReply> {
  const id = nextId++
  return new Promise((resolve) => {
    waiting.set(id, resolve)
    const process = (child ??= start())
    process.ref()
    process.channel?.ref()
    process.send({ id, ...request } satisfies OptionsRequest)
  })
}

/** Begins the loading of mocha, which the first question would wait for. Keeps nobody alive, and has no answer. */
export function expectQuestions(request: Omit<OptionsRequest, 'id'>): void {
  if (child !== undefined) return
  child = start()
  child.send({ id: nextId++, ...request } satisfies OptionsRequest)
  letGo(child)
}

function start(): ChildProcess {
  const started = fork(siblingModule(import.meta.url, 'options-process'), {
    // The runner's own loader, not the debugger's port.
    execArgv: process.execArgv.filter((option) => !option.startsWith('--inspect')),
    // RegExp and the like survive.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  started.on('message', (reply: OptionsReply & { id: number }) => settle(reply.id, reply))
  started.on('error', (error) => lost(started, error.message))
  started.on('exit', (code, signal) => lost(started, `ended with ${signal ?? `code ${code}`}`))
  return started
}

function settle(id: number, reply: OptionsReply): void {
  waiting.get(id)?.(reply)
  waiting.delete(id)
  if (waiting.size === 0 && child) letGo(child)
}

/** An idle child must not keep its parent alive; it leaves when the channel closes. */
function letGo(idle: ChildProcess): void {
  idle.unref()
  idle.channel?.unref()
}

function lost(which: ChildProcess, reason: string): void {
  if (child !== which) return
  child = undefined
  for (const id of waiting.keys()) {
    settle(id, { ok: false, message: `the process that reads mocha's options ${reason}` })
  }
}
