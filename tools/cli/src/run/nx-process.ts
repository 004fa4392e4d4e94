import { spawn, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { NxOrder } from '@muster/nx/run-nx'

export interface NxOutcome {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Nx's own words, for when it fails before any suite did. */
  readonly output: string
}

export interface NxProcess {
  readonly child: ChildProcess
  readonly done: Promise<NxOutcome>
}

/** The workspace's own nx, wherever its version keeps the entry point. Undefined when it isn't installed. */
export function findNx(root: string): string | undefined {
  try {
    const load = createRequire(path.join(root, 'package.json'))
    const manifest = load.resolve('nx/package.json')
    const { bin } = load(manifest) as { bin?: Record<string, string> }
    return bin?.['nx'] === undefined ? undefined : path.join(path.dirname(manifest), bin['nx'])
  } catch {
    return undefined
  }
}

const KEPT_OUTPUT = 1 << 20

/** @param options.show pass Nx's output through to ours as well */
export function startNx(order: NxOrder, options: { env: NodeJS.ProcessEnv; show: boolean }): NxProcess {
  const entry = fileURLToPath(import.meta.resolve('@muster/nx/run-nx'))
  // From a checkout's sources it needs the loader that this process has.
  const nodeOptions = entry.endsWith('.ts') ? process.execArgv : []
  const child = spawn(process.execPath, [...nodeOptions, entry, JSON.stringify(order)], {
    cwd: order.root,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      output = (output + text).slice(-KEPT_OUTPUT)
      if (options.show) process.stderr.write(text)
    })
  }
  const terminate = (): boolean => child.kill('SIGTERM')
  process.on('SIGINT', staying)
  process.on('SIGTERM', terminate)
  const done = new Promise<NxOutcome>((resolve) => {
    child.on('error', (error) => resolve({ code: null, signal: null, output: error.message }))
    child.on('close', (code, signal) => resolve({ code, signal, output }))
  }).finally(() => {
    process.off('SIGINT', staying)
    process.off('SIGTERM', terminate)
  })
  return { child, done }
}

/** On Ctrl-C Nx, which shares the terminal's process group, gets the signal too; we stay for the summary. */
const staying = (): void => undefined
