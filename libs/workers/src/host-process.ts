import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

import type { Cell } from './cgroups/cell.ts'
import { decodeMessage, type HostCommand, type HostMessage, type HostOrder } from './host/protocol.ts'
import type { HostSetting } from './host-setting.ts'
import type { BoundedCapture, OutputLimit } from './output/bounded-capture.ts'
import { closed } from './output/closed.ts'
import { FramedStream } from './output/framed-stream.ts'
import { onLines } from './output/lines.ts'
import { ownModule } from './own-module.ts'
import type { ProcessEnd } from './process-end.ts'
import { MARKER } from './processes/marker.ts'
import { reapedMs } from './usage/reaped-time.ts'

/** How a unit ended on a host: told so itself, or its process went first. */
export interface HostEnd {
  readonly done: boolean
  /** Set when the process has ended. */
  readonly exit?: ProcessEnd
}

/** Use of a host decides what it may be used for next; only an unused one is fresh. */
export type HostUse = 'unused' | 'thread' | 'none' | 'once'

export interface HostOptions {
  readonly setting: HostSetting
  readonly env: Readonly<Record<string, string>>
  /** Of the host itself, in the marker that its own environment has. */
  readonly token: string
  /** The marker's whole value. */
  readonly marker: string
  readonly outputLimit: OutputLimit
  /** To run in; removed with the host. */
  readonly cell: Cell | undefined
}

/** The coordinator's side of a host process, the leader of its own process group. */
export class HostProcess {
  readonly pid: number | undefined
  readonly key: string
  readonly token: string
  readonly marker: string
  /** Resolves when the process has ended; its streams may be held open by others. */
  readonly exited: Promise<ProcessEnd>
  readonly cell: Cell | undefined
  /** Resolves when it is in its cell; what it then starts is, too. */
  readonly settled: Promise<void>
  use: HostUse = 'unused'
  alive = true
  readonly #commands: Writable
  readonly #streams: readonly Readable[]
  readonly #stdout: FramedStream
  readonly #stderr: FramedStream
  #onLine: (line: string) => void = () => undefined
  readonly #messages: Readable
  /** Everything the host had told before its end is here. */
  readonly #allTold: Promise<ProcessEnd>

  constructor({ setting, env, token, marker, outputLimit, cell }: HostOptions) {
    this.key = setting.key
    this.token = token
    this.marker = marker
    const child = spawn(process.execPath, [...setting.nodeOptions, ownModule('host/main')], {
      cwd: setting.cwd,
      env: { ...env, ...setting.startEnv, [MARKER]: marker },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    })
    this.pid = child.pid
    this.cell = cell
    // From outside, while it boots: moving takes milliseconds of waiting.
    this.settled = (child.pid !== undefined && cell?.add(child.pid)) || Promise.resolve()
    const [, stdout, stderr, messages, commands] = child.stdio as unknown as [
      null,
      Readable,
      Readable,
      Readable,
      Writable,
    ]
    this.#stdout = new FramedStream(stdout, outputLimit)
    this.#stderr = new FramedStream(stderr, outputLimit)
    this.#streams = [stdout, stderr]
    this.#commands = commands
    // A host that has died is noticed by its exit.
    commands.on('error', () => undefined)
    messages.on('error', () => undefined)
    onLines(messages, (line) => this.#onLine(line))
    this.#messages = messages
    this.exited = new Promise((resolve) => {
      const end = (exit: ProcessEnd): void => {
        this.alive = false
        resolve(exit)
      }
      child.once('exit', (code, signal) => {
        // Not the time of the shell that ends next.
        reapedMs()
        end({ code, signal })
      })
      child.once('error', () => end({ code: null, signal: null }))
    })
    this.#allTold = this.exited.then(async (exit) => {
      await closed([messages])
      return exit
    })
  }

  onExit(act: () => void): void {
    void this.exited.finally(act)
  }

  send(command: HostCommand): void {
    this.#commands.write(`${JSON.stringify(command)}\n`)
  }

  /** Runs one unit. `end` resolves when it has told its end and all its output is here, or with the process. */
  run(
    order: HostOrder,
    accept: (message: HostMessage) => void,
  ): { stdout: BoundedCapture; stderr: BoundedCapture; end: Promise<HostEnd> } {
    const stdout = this.#stdout.begin(order.token)
    const stderr = this.#stderr.begin(order.token)
    const done = new Promise<void>((resolve) => {
      this.#onLine = (line) => {
        const message = decodeMessage(order.token, line)
        if (message?.type === 'done') resolve()
        else if (message) accept(message)
      }
    })
    this.send({ type: 'run', ...order })
    let told = false
    const toldEnd = (async (): Promise<HostEnd> => {
      await done
      told = true
      if (order.where === 'once') return { done: true, exit: await this.exited }
      await Promise.all([stdout.ended, stderr.ended])
      return { done: true }
    })()
    const died = this.#allTold.then((exit): HostEnd => ({ done: told, exit }))
    return { stdout: stdout.capture, stderr: stderr.capture, end: Promise.race([toldEnd, died]) }
  }

  /** After the death of everything that could still write. */
  async close(): Promise<void> {
    this.#commands.destroy()
    await closed([...this.#streams, this.#messages])
    this.cell?.remove()
  }
}
