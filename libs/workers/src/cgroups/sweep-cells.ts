import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { parentIn, reachableHierarchies } from './cells.ts'
import { childrenOf, killCgroup, pidsIn, removeCgroup } from './cgroup-tree.ts'
import { isAbandoned, isNameOf } from './pool-name.ts'

/** A process in uninterruptible sleep may stay; waiting longer would hang whoever waits. */
const GIVE_UP_MS = 5000

/** Kills what is in the cgroups of a pool whose owner has died, and removes them. Without a pool: of all such pools. */
export async function sweepCells(pool?: string): Promise<void> {
  const isWanted = (name: string): boolean => (pool === undefined ? isAbandoned(name) : isNameOf(pool, name))
  const folders = reachableHierarchies().flatMap((hierarchy) => {
    const parent = parentIn(hierarchy)
    return childrenOf(parent)
      .filter(isWanted)
      .map((name) => join(parent, name))
  })
  await Promise.all(folders.map(clear))
}

async function clear(folder: string): Promise<void> {
  const deadline = performance.now() + GIVE_UP_MS
  const spare = new Set([process.pid])
  while (!removeCgroup(folder) && performance.now() < deadline) {
    // The cgroups in it one by one, as only those have processes.
    for (const name of childrenOf(folder)) {
      const cell = join(folder, name)
      killCgroup(cell, pidsIn(cell).includes(process.pid) ? spare : new Set())
    }
    await delay(5)
  }
}
