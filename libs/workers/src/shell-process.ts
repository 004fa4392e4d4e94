import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

import type { AttemptWatch } from './attempt-watch.ts'
import type { Cell } from './cgroups/cell.ts'
import type { ProcessEnd } from './process-end.ts'
import { onAbort } from './interruption.ts'
import { BoundedCapture, type OutputLimit } from './output/bounded-capture.ts'
import { closed } from './output/closed.ts'
import { killTree } from './processes/kill-tree.ts'
import { MARKER } from './processes/marker.ts'
import { endLeftovers } from './processes/leftovers.ts'
import type { ProcessFinder, Wanted } from './processes/process-finder.ts'
import { HAS_PROC } from './processes/process-table.ts'
import { reapedMs } from './usage/reaped-time.ts'

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
  readonly watch: AttemptWatch
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
  const { token, outputLimit, finder, watch } = options
  const cell = watch.makeCell()
  reapedMs()
  const [file, args] = shellLine(options.command, cell)
  const child = spawn(file, args, {
    shell: cell === undefined,
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
  const { pid } = child
  let group = pid
  if (pid !== undefined) finder.addHost(pid)
  const wanted = (): Wanted => ({
    tokens: [token],
    ...(group !== undefined && { group }),
    ...(cell && { cell }),
  })
  const part = watch.open(cell, () => finder.pids(wanted()))
  let cpuMs: number | undefined
  child.once('exit', () => (cpuMs = reapedMs()))
  let killing: Promise<unknown> | undefined
  const unsubscribe = onAbort(options.signal, () => {
    killing = killTree(finder, wanted(), { graceMs: options.graceMs() })
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
      const note = await endLeftovers(finder, {
        ...wanted(),
        ...(group !== undefined && { except: group }),
      })
      if (pid !== undefined) finder.removeHost(pid)
      // The cgroup knows better; two ways to count would not add up.
      part.close(cell || cpuMs === undefined ? {} : { cpuMs })
      await closed(streams)
      cell?.remove()
      return note
    },
  }
}

/** A shell that enters the cell before it does anything else, and then becomes the command's own. */
function shellLine(command: string, cell: Cell | undefined): [file: string, args: string[]] {
  if (!cell) return [command, []]
  const entering = cell.entrances.map((file) => `echo 0 >'${file.replaceAll("'", `'\\''`)}'`).join('; ')
  return ['/bin/sh', ['-c', `{ ${entering}; } 2>/dev/null; exec /bin/sh -c "$1"`, '/bin/sh', command]]
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
