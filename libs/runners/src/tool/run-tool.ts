import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { OutputReader, ToolExit } from './output-reader.ts'
import { FEED, type ToolInput } from './tool-input.ts'

/** What a dead process has written is in the pipe already; this is for reading it. */
const DRAIN_MS = 500

/** A pipe that two streams share, which Node itself can't give. */
const MERGED = ['sh', '-c', 'exec "$@" 2>&1', 'sh'] as const

/** @returns how it ended, or why it couldn't be started */
export async function runTool(
  { argv, cwd, env, reader: how }: ToolInput,
  feed: string,
  reader: OutputReader | undefined,
): Promise<ToolExit | Error> {
  const merged = how?.merged === true
  const [program, ...args] = merged && process.platform !== 'win32' ? [...MERGED, ...argv] : argv
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env, [FEED]: feed },
    // What nobody reads goes straight to where this process writes, in its order.
    stdio: ['ignore', reader ? 'pipe' : 'inherit', reader?.errorLine || merged ? 'pipe' : 'inherit'],
  })
  const tellLine = (text: string): void => {
    const shown = reader?.line(text)
    if (shown !== undefined) process.stdout.write(`${shown}\n`)
  }
  const tellErrorLine = (text: string): void => {
    if (merged) return tellLine(text)
    reader?.errorLine?.(text)
    process.stderr.write(`${text}\n`)
  }
  const read = [readLines(child.stdout, tellLine), readLines(child.stderr, tellErrorLine)]
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    // Not to their ends for certain: a server that a test left behind holds the pipe open, and is ended only later.
    await Promise.race([
      Promise.all(read.map(({ ended }) => ended)),
      setTimeout(DRAIN_MS, undefined, { ref: false }),
    ])
    return { code, signal }
  } catch (error) {
    // `once` rejects with what `error` is emitted with: it couldn't be started.
    return error as Error
  } finally {
    for (const each of read) each.stop()
  }
}

interface Reading {
  readonly ended: Promise<unknown>
  stop(): void
}

function readLines(stream: Readable | null, tell: (line: string) => void): Reading {
  if (!stream) return { ended: Promise.resolve(), stop() {} }
  const lines = createInterface({ input: stream, crlfDelay: Infinity })
  lines.on('line', tell)
  return { ended: once(lines, 'close'), stop: () => lines.close() }
}
