import { spawn } from 'node:child_process'
import { siblingModule } from '../sibling-module.ts'
import type { RoundMessage, RoundOrder } from './round.ts'

const TSX = '--import=tsx'

export interface RoundSetting {
  /** Absolute. */
  readonly cwd: string
  /** Of node, the loader for TypeScript among them. */
  readonly nodeArgs: readonly string[]
  /** A program that starts node with what it needs, and its arguments: `taskset -c 1`. */
  readonly prefix: readonly string[]
  /** Only one round of a file is heard. */
  readonly quiet: boolean
}

/**
 * Measures one round in a process of its own.
 * @returns undefined when it came to its end; else how it ended
 */
export function runRound(
  order: RoundOrder,
  { cwd, nodeArgs, prefix, quiet }: RoundSetting,
  hear: (message: RoundMessage) => void,
): Promise<string | undefined> {
  const entry = siblingModule(import.meta.url, 'round-entry')
  // From a checkout's sources it needs a loader of its own.
  const loader = entry.endsWith('.ts') && !nodeArgs.includes(TSX) ? [TSX] : []
  const [wrapper, ...options] = prefix
  const args = [...nodeArgs, ...loader, entry]
  const argv = wrapper === undefined ? args : [...options, process.execPath, ...args]
  const child = spawn(wrapper ?? process.execPath, argv, {
    cwd,
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit', 'ipc'],
  })
  let ended = false
  child.on('message', (message: RoundMessage) => {
    if (message.type === 'end') ended = true
    hear(message)
  })
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(`could not be started: ${message}`))
    child.once('exit', (code, signal) => {
      const how = signal === null ? `exited with code ${code}` : `was killed by ${signal}`
      const settle = (): void => resolve(ended ? undefined : how)
      // What it told just before its end may still be on its way.
      if (child.connected) child.once('disconnect', settle)
      else settle()
    })
    child.send(order, () => undefined)
  })
}
