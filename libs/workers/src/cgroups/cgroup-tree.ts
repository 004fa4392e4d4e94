import { readdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'

import { signal } from '../processes/signal.ts'
import { readControl, writeControl } from './control-file.ts'

/** Names of the cgroups directly below; nothing when the folder is gone. */
export function childrenOf(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
  } catch {
    return []
  }
}

/** Processes in the cgroup and all below, which a pool inside a test may have made. */
export function pidsIn(folder: string): number[] {
  const own = (readControl(folder, 'cgroup.procs') ?? '').split('\n').flatMap((line) => {
    // A 0 is a process of another pid namespace: it can't be addressed from here.
    const pid = Number(line)
    return pid > 0 ? [pid] : []
  })
  return [...own, ...childrenOf(folder).flatMap((name) => pidsIn(join(folder, name)))]
}

/**
 * SIGKILL to everything in the cgroup, once. What forks is frozen first, so that it can't outrun us; only a
 * child born at this very moment can be missed, so call it until nothing is left.
 *
 * @param spare stays alive
 */
export function killCgroup(folder: string, spare: ReadonlySet<number>): void {
  if (spare.size === 0 && writeControl(folder, 'cgroup.kill', '1')) return
  const freezer = readControl(folder, 'freezer.state') !== undefined
  const freeze = (frozen: boolean): boolean =>
    freezer
      ? writeControl(folder, 'freezer.state', frozen ? 'FROZEN' : 'THAWED')
      : writeControl(folder, 'cgroup.freeze', frozen ? '1' : '0')
  freeze(true)
  for (const pid of pidsIn(folder)) if (!spare.has(pid)) signal(pid, 'SIGKILL')
  // Version 1 delivers the signal only after this.
  freeze(false)
}

/** False while a process is in it. */
export function removeCgroup(folder: string): boolean {
  for (const name of childrenOf(folder)) removeCgroup(join(folder, name))
  try {
    rmdirSync(folder)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}
