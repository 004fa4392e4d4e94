import { setTimeout as delay } from 'node:timers/promises'

import type { ProcessFinder } from './process-finder.ts'
import { signal } from './signal.ts'

/** A process in uninterruptible sleep may stay; waiting longer would hang whoever waits. */
const GIVE_UP_MS = 5000

/** Kills everything that carries a marker of the finder's pool, until there is nothing. */
export async function sweep(finder: ProcessFinder): Promise<void> {
  const deadline = performance.now() + GIVE_UP_MS
  for (;;) {
    const found = finder.findAll().filter(({ pid }) => pid !== process.pid)
    if (found.length === 0 || performance.now() > deadline) return
    for (const { pid } of found) signal(pid, 'SIGKILL')
    await delay(5)
  }
}
