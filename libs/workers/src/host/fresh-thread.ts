import { fileURLToPath } from 'node:url'

import { Piscina } from 'piscina'

import type { HostOrder } from './protocol.ts'

/**
 * Node gives threads four times the stack of a main thread (984 kB), so that a recursion could end well here
 * that overflows under the runner's own command. Of this 192 kB are Node's reserve; what remains is a little
 * less than a main thread has, so that what fits here fits there.
 */
const STACK_MB = 1.125

const FILE = fileURLToPath(new URL('./thread-unit.js', import.meta.url))

/** A thread that runs one unit and is thrown away. */
export interface FreshThread {
  /** Resolves when the thread has ended; to the reason when it didn't come to its own end. */
  run(order: HostOrder): Promise<string | undefined>
}

/**
 * Starts it ahead: the thread is booted, has run its `--import`s and loaded our code when this resolves.
 * A thread that can't start says so when it is asked to run.
 */
export async function startThread(): Promise<FreshThread> {
  const pool = new Piscina({
    filename: FILE,
    minThreads: 1,
    maxThreads: 1,
    // Waiting on Atomics would block the thread's event loop, and with it what `--import`s started.
    atomics: 'disabled',
    recordTiming: false,
    resourceLimits: { stackSizeMb: STACK_MB },
  })
  pool.on('error', () => undefined)
  const prepared = await pool.run(undefined).then(
    () => undefined,
    (error: unknown) => describe(error),
  )
  return {
    async run(order) {
      try {
        if (prepared !== undefined) return prepared
        await pool.run(order)
        return undefined
      } catch (error) {
        return describe(error)
      } finally {
        await pool.destroy()
      }
    },
  }
}

function describe(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'the thread ran out of memory'
  return `the thread ended before its unit did: ${message}`
}
