import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  connectTo,
  ownerProcess,
  PROTOCOL_VERSION,
  type CoordinatorConfig,
  type CoordinatorConnection,
  type TaskRequest,
} from '@muster/engine/client'
import type { RunId } from '@muster/model'
import type { CrashWorkspace } from './crash-workspace.ts'

/** As it is shipped: built, and started as a process of its own. */
const MAIN = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@muster/engine/package.json')),
  'dist/coordinator/main.js',
)

/** When a coordinator is killed: so long after its birth, or after so many answers, or after it was asked to finish. */
export type Moment =
  | { readonly after: 'birth' | 'last answer'; readonly ms: number }
  | { readonly after: 'answers'; readonly count: number; readonly ms: number }

/** One coordinator process that is asked for all suites, as Nx's batch worker asks, and the end that it comes to. */
export class CoordinatorLife {
  readonly run: RunId
  readonly #workspace: CrashWorkspace
  readonly #child: ChildProcess
  readonly #socket: string
  readonly #ended: Promise<'ended'>
  #answers = 0

  constructor(workspace: CrashWorkspace, run: RunId) {
    this.run = run
    this.#workspace = workspace
    this.#socket = path.join(workspace.root, `${run}.sock`)
    const log = openSync(path.join(workspace.root, 'coordinator.log'), 'a')
    this.#child = spawn(process.execPath, [MAIN, JSON.stringify(this.#config())], {
      cwd: workspace.root,
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: process.env['PATH'], ...workspace.env },
    })
    closeSync(log)
    this.#ended = new Promise((resolve) => void this.#child.once('exit', () => resolve('ended')))
  }

  #config(): CoordinatorConfig {
    const owner = ownerProcess(process.pid)
    if (!owner) throw new Error('this process is not to be found')
    return {
      root: this.#workspace.root,
      socket: this.#socket,
      owner,
      runId: this.run,
      command: 'nx run-many -t test',
      workers: 2,
      failFast: false,
      objective: 'balanced',
      semaphores: {},
      labels: [],
      useEarlierAnswers: true,
      reports: false,
    }
  }

  /** Lives to its end in good order, or to the moment that is given. @returns whether it was killed */
  async live(requests: readonly TaskRequest[], moment?: Moment): Promise<boolean> {
    if (moment?.after === 'birth') void delay(moment.ms).then(() => this.#kill())
    const connection = await this.#connect()
    if (connection) this.#ask(connection, requests, moment)
    await this.#ended
    return this.#child.signalCode === 'SIGKILL'
  }

  async #connect(): Promise<CoordinatorConnection | undefined> {
    for (;;) {
      const connection = await connectTo(this.#socket)
      if (connection) return connection
      if ((await Promise.race([this.#ended, delay(5)])) === 'ended') return undefined
    }
  }

  #ask(connection: CoordinatorConnection, requests: readonly TaskRequest[], moment?: Moment): void {
    connection.onMessage((message) => {
      if (message.type === 'finished') connection.close()
      if (message.type !== 'answer') return
      this.#answers++
      if (moment?.after === 'answers' && this.#answers === moment.count)
        void delay(moment.ms).then(() => this.#kill())
      if (this.#answers < requests.length) return
      if (moment) void delay(moment.ms).then(() => this.#kill())
      const executed = requests.map(({ task }) => task)
      connection.send({ type: 'finish', executed, believed: [], rejected: [] })
    })
    const env = { ...process.env, ...this.#workspace.env } as Record<string, string>
    connection.send({ type: 'open', v: PROTOCOL_VERSION, config: this.#config(), env })
    connection.send({ type: 'run', tasks: requests })
    const hashes = Object.fromEntries(requests.map(({ suite }) => [suite.id, `content of ${suite.id}`]))
    connection.send({ type: 'hashes', hashes, impacts: {} })
  }

  #kill(): void {
    this.#child.kill('SIGKILL')
  }
}
