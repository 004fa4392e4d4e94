import { spawnSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

import type { FoundProcess, ProcessFinder, Wanted } from './process-finder.ts'
import { signal } from './signal.ts'

export interface KillOptions {
  /** Between SIGTERM and SIGKILL, milliseconds. */
  readonly graceMs: number
}

export const DEFAULT_GRACE_MS = 2000
/** After SIGKILL only a process in uninterruptible sleep stays; waiting longer would hang the run. */
const GIVE_UP_MS = 5000

/**
 * Ends what `wanted` finds: SIGTERM, a grace, then SIGKILL until nothing is found, so that what forks
 * meanwhile is caught too. Polls, since the OS tells of our own children's deaths only.
 * Returns what could not be killed.
 */
export async function killTree(
  finder: ProcessFinder,
  wanted: Wanted,
  { graceMs }: KillOptions,
): Promise<FoundProcess[]> {
  if (process.platform === 'win32') {
    if (wanted.group !== undefined && wanted.except === undefined)
      spawnSync('taskkill', ['/pid', String(wanted.group), '/T', '/F'], { windowsHide: true })
    return []
  }
  const send = (name: NodeJS.Signals): FoundProcess[] => {
    // The group first: it reaches in one step what would fork away between finding and killing.
    if (wanted.group !== undefined && wanted.except === undefined) signal(-wanted.group, name)
    if (name === 'SIGKILL') wanted.cell?.kill(spared(wanted))
    const found = finder.find(wanted)
    for (const { pid } of found) signal(pid, name)
    return found
  }
  if (graceMs > 0) {
    let found = send('SIGTERM')
    const deadline = performance.now() + graceMs
    for (let pause = 2; found.length > 0 && performance.now() < deadline; pause = Math.min(pause * 2, 50)) {
      await delay(pause)
      found = finder.find(wanted)
    }
    if (found.length === 0) return []
  }
  const deadline = performance.now() + GIVE_UP_MS
  for (;;) {
    const found = send('SIGKILL')
    if (found.length === 0 || performance.now() > deadline) return found
    await delay(5)
  }
}

const spared = ({ except, before }: Wanted): ReadonlySet<number> =>
  new Set([...(before ?? []), ...(except === undefined ? [] : [except])])
