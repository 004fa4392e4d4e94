import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { TestCase } from '@muster/model'
import type { EndMessage, InProcessProgram, RunnerCounts, UnitMessage } from '../../src/index.ts'
import { builtProgram } from './built-program.ts'

const CHILD = fileURLToPath(new URL('./unit-child.mjs', import.meta.url))

export interface UnitRun {
  readonly cases: readonly TestCase[]
  readonly ends: readonly RunnerCounts[]
  /** The last `end`. */
  readonly closing?: EndMessage
  readonly errors: readonly Extract<UnitMessage, { type: 'error' }>[]
  readonly exit: { readonly code: number | null; readonly signal: string | null }
  readonly stderr: string
}

export interface RunSettings {
  readonly env?: Readonly<Record<string, string>>
  readonly node?: string
  /** Runs the unit that often in the same process. */
  readonly times?: number
  /** Kills the process as soon as this many cases arrived; for suites that never end. */
  readonly killAfterCases?: number
}

/** Runs a program in a process of its own, as a worker would. */
export async function runProgram(program: InProcessProgram, settings: RunSettings = {}): Promise<UnitRun> {
  const cases: TestCase[] = []
  const closings: EndMessage[] = []
  const errors: Extract<UnitMessage, { type: 'error' }>[] = []
  const { entry, input } = builtProgram(program)
  const child = spawn(
    settings.node ?? process.execPath,
    [...program.nodeOptions, CHILD, entry, String(settings.times ?? 1)],
    {
      cwd: program.cwd,
      // Nobody here kills what a fixture leaves behind, so it ends by itself.
      env: { ...process.env, MUSTER_FIXTURE_CHILD_SECONDS: '1', ...settings.env },
      stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    },
  )
  child.stdin?.end(JSON.stringify(input))
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4000)))
  const closed = new Promise<UnitRun['exit']>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  )
  for await (const line of createInterface({ input: child.stdio[3] as Readable })) {
    const message = JSON.parse(line) as UnitMessage
    if (message.type === 'case') cases.push(message.case)
    else if (message.type === 'end') closings.push(message)
    else errors.push(message)
    if (cases.length === settings.killAfterCases) child.kill('SIGKILL')
  }
  const ends = closings.map(({ counts }) => counts)
  const closing = closings.at(-1)
  return { cases, ends, ...(closing && { closing }), errors, exit: await closed, stderr }
}
