import type { Limits } from '../limits.ts'
import type { Cell } from './cell.ts'
import { readControl, readKey, writeControl } from './control-file.ts'

const PERIOD_US = 100_000

/**
 * Lets the kernel enforce limits from now on; those that aren't given are lifted.
 *
 * @returns the names of those that it doesn't
 */
export function limitCell(cell: Cell | undefined, limits: Limits): (keyof Limits)[] {
  const names = ['memoryBytes', 'cpus', 'processes'] as const
  return names.filter((name) => {
    const limit = limits[name]
    const done = cell !== undefined && SETTERS[name](cell, limit)
    return limit !== undefined && !done
  })
}

const SETTERS: Readonly<Record<keyof Limits, (cell: Cell, limit: number | undefined) => boolean>> = {
  memoryBytes: limitMemory,
  cpus: limitCpus,
  processes: limitProcesses,
}

function limitMemory(cell: Cell, limit: number | undefined): boolean {
  const place = cell.at('memory')
  if (!place) return false
  const { version, folder } = place
  if (version === 2) {
    writeControl(folder, 'memory.swap.max', limit === undefined ? 'max' : '0')
    // All or nothing: a unit that has lost one of its processes can't be believed.
    writeControl(folder, 'memory.oom.group', limit === undefined ? '0' : '1')
    return writeControl(folder, 'memory.max', String(limit ?? 'max'))
  }
  const value = String(limit ?? -1)
  // Memory with swap can't be limited lower than memory alone: the order depends on the direction.
  writeControl(folder, 'memory.memsw.limit_in_bytes', '-1')
  const done = writeControl(folder, 'memory.limit_in_bytes', value)
  writeControl(folder, 'memory.memsw.limit_in_bytes', value)
  return done
}

function limitCpus(cell: Cell, limit: number | undefined): boolean {
  const place = limit === undefined ? cell.at('cpus') : cell.demand('cpus')
  if (!place) return false
  const { version, folder } = place
  // The kernel refuses less than a millisecond.
  const quota = limit === undefined ? undefined : Math.max(1000, Math.round(limit * PERIOD_US))
  if (version === 2) return writeControl(folder, 'cpu.max', `${quota ?? 'max'} ${PERIOD_US}`)
  return (
    writeControl(folder, 'cpu.cfs_period_us', String(PERIOD_US)) &&
    writeControl(folder, 'cpu.cfs_quota_us', String(quota ?? -1))
  )
}

function limitProcesses(cell: Cell, limit: number | undefined): boolean {
  const place = limit === undefined ? cell.at('processes') : cell.demand('processes')
  return place !== undefined && writeControl(place.folder, 'pids.max', String(limit ?? 'max'))
}

/** How often a process or thread was refused because of the limit. */
export function refusedProcesses(cell: Cell): number {
  const place = cell.at('processes')
  return place && readControl(place.folder, 'pids.max')?.trim() !== 'max'
    ? (readKey(place.folder, 'pids.events', 'max') ?? 0)
    : 0
}
