import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

import type { ProcessEnd } from './process-end.ts'
import { onAbort } from './interruption.ts'
import { BoundedCapture, type OutputLimit } from './output/bounded-capture.ts'
import { closed } from './output/closed.ts'
import { killTree } from './processes/kill-tree.ts'
import { MARKER } from './processes/marker.ts'
import { endLeftovers } from './processes/leftovers.ts'
import type { ProcessFinder } from './processes/process-finder.ts'
import { HAS_PROC } from './processes/process-table.ts'

export interface ShellOptions {
  readonly command: string
  /** Absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Of this shell and all it starts. */
  readonly token: string
  /** The marker's whole value. */
  readonly marker: string
  readonly outputLimit: OutputLimit
  readonly finder: ProcessFinder
  /** Kills the tree when aborted. */
  readonly signal: AbortSignal
  /** Asked when it is killed, milliseconds between SIGTERM and SIGKILL. */
  readonly graceMs: () => number
  /** What it starts may go on after it until `finish`: the services of a set-up. */
  readonly background: boolean
  /** Gets stdout whole, while the capture is bounded. */
  readonly onStdout?: (chunk: Buffer) => void
}

export interface ShellProcess {
  readonly stdout: BoundedCapture
  readonly stderr: BoundedCapture
  /** The shell's own end, with what it wrote before. A command that can't be spawned has code 127. */
  readonly exited: Promise<ProcessEnd>
  /** Ends what the shell left running and closes its streams. Resolves to a note about leftovers. */
  finish(): Promise<string | undefined>
}

/** A shell command in its own process group, with bounded output. */
export function startShell(options: ShellOptions): ShellProcess {
  const { token, outputLimit, finder } = options
  const child = spawn(options.command, {
    shell: true,
    cwd: options.cwd,
    env: { ...options.env, [MARKER]: options.marker },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    windowsHide: true,
  })
  const streams = [child.stdout, child.stderr] as const
  const [stdout, stderr] = streams.map((stream) => captureOf(stream, outputLimit)) as [
    BoundedCapture,
    BoundedCapture,
  ]
  if (options.onStdout) child.stdout.on('data', options.onStdout)
  let group = child.pid
  let killing: Promise<unknown> | undefined
  const unsubscribe = onAbort(options.signal, () => {
    const wanted = { tokens: [token], ...(group !== undefined && { group }) }
    killing = killTree(finder, wanted, { graceMs: options.graceMs() })
  })
  const exited = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', (error) => {
      stderr.write(Buffer.from(`${error.message}\n`))
      resolve({ code: 127, signal: null })
    })
  }).then(async (end) => {
    unsubscribe()
    // Once nobody is in it, the group's number may be given to somebody else.
    if (options.background && HAS_PROC) group = undefined
    await drained(streams)
    return end
  })
  return {
    stdout,
    stderr,
    exited,
    async finish() {
      await exited
      await killing
      const wanted = { tokens: [token], ...(group !== undefined && { group, except: group }) }
      const note = await endLeftovers(finder, wanted)
      await closed(streams)
      return note
    },
  }
}

function captureOf(stream: Readable, limit: OutputLimit): BoundedCapture {
  const capture = new BoundedCapture(limit)
  stream.on('data', (chunk: Buffer) => capture.write(chunk))
  stream.on('error', () => undefined)
  return capture
}

/** What a process wrote before its end is in the pipe: turns of the event loop read it, until one reads nothing. */
async function drained(streams: readonly (Readable & { bytesRead?: number })[]): Promise<void> {
  for (let before = -1, quiet = 0; quiet < 2;) {
    await new Promise((resolve) => setImmediate(resolve))
    const read = streams.reduce((sum, stream) => sum + (stream.bytesRead ?? 0), 0)
    quiet = read === before ? quiet + 1 : 0
    before = read
  }
}
