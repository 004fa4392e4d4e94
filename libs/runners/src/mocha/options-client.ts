import { fork, type ChildProcess } from 'node:child_process'
import type { OptionsReply, OptionsRequest, Parties } from './options-protocol.ts'
import { siblingModule } from '../sibling-module.ts'

type Settle = (reply: OptionsReply) => void
type Question = Omit<OptionsRequest, 'id'>

/** One process serves all suites of a run: it is the loading of mocha that costs, not a config. */
class OptionsClient {
  readonly #parties: Parties
  #child: ChildProcess | undefined
  #nextId = 0
  readonly #waiting = new Map<number, Settle>()

  constructor(parties: Parties) {
    this.#parties = parties
  }

  ask(request: Question): Promise<OptionsReply> {
    const id = this.#nextId++
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      const process = (this.#child ??= this.#start())
      process.ref()
      process.channel?.ref()
      process.send({ id, ...request } satisfies OptionsRequest)
    })
  }

  expect(request: Question): void {
    if (this.#child !== undefined) return
    this.#child = this.#start()
    this.#child.send({ id: this.#nextId++, ...request } satisfies OptionsRequest)
    letGo(this.#child)
  }

  #start(): ChildProcess {
    const started = fork(siblingModule(import.meta.url, 'options-process'), [this.#parties], {
      // The runner's own loader, not the debugger's port.
      execArgv: process.execArgv.filter((option) => !option.startsWith('--inspect')),
      // RegExp and the like survive.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    started.on('message', (reply: OptionsReply & { id: number }) => this.#settle(reply.id, reply))
    started.on('error', (error) => this.#lost(started, error.message))
    started.on('exit', (code, signal) => this.#lost(started, `ended with ${signal ?? `code ${code}`}`))
    return started
  }

  #settle(id: number, reply: OptionsReply): void {
    this.#waiting.get(id)?.(reply)
    this.#waiting.delete(id)
    if (this.#waiting.size === 0 && this.#child) letGo(this.#child)
  }

  #lost(which: ChildProcess, reason: string): void {
    if (this.#child !== which) return
    this.#child = undefined
    for (const id of this.#waiting.keys()) {
      this.#settle(id, { ok: false, message: `the process that reads mocha's options ${reason}` })
    }
  }
}

/** An idle child must not keep its parent alive; it leaves when the channel closes. */
function letGo(idle: ChildProcess): void {
  idle.unref()
  idle.channel?.unref()
}

const clients: Readonly<Record<Parties, OptionsClient>> = {
  data: new OptionsClient('data'),
  code: new OptionsClient('code'),
}

export const askOptions = (request: Question, parties: Parties): Promise<OptionsReply> =>
  clients[parties].ask(request)

/** Begins the loading of mocha, which the first question would wait for. Keeps nobody alive, and has no answer. */
export const expectQuestions = (request: Question, parties: Parties): void => clients[parties].expect(request)
