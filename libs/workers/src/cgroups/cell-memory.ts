import type { Place } from './abilities.ts'
import { keyIn, readControl, readKey, readNumber, writeControl } from './control-file.ts'

export interface CellMemory {
  /** Without the file cache that the kernel can drop at once. */
  readonly workingSet: number
  /** All cached files. */
  readonly cache: number
}

/** Bytes; undefined when it can't be read. */
export function cellMemory({ version, folder }: Place): CellMemory | undefined {
  const total = readNumber(folder, version === 2 ? 'memory.current' : 'memory.usage_in_bytes')
  const stat = readControl(folder, 'memory.stat')
  if (total === undefined || stat === undefined) return undefined
  const prefix = version === 2 ? '' : 'total_'
  const inactive = keyIn(stat, `${prefix}inactive_file`) ?? 0
  const active = keyIn(stat, `${prefix}active_file`) ?? 0
  return { workingSet: Math.max(0, total - inactive), cache: inactive + active }
}

/** The largest use ever, cached files included, bytes. */
export const cellPeak = ({ version, folder }: Place): number | undefined =>
  readNumber(folder, version === 2 ? 'memory.peak' : 'memory.max_usage_in_bytes')

/** Begins a new peak. False where the kernel can't: in version 2 nobody else would see the old one again. */
export const resetPeak = ({ version, folder }: Place): boolean =>
  version === 1 && writeControl(folder, 'memory.max_usage_in_bytes', '0')

/** Processes that the kernel has killed because memory ran out: within the cell, or for all of the machine. */
export const oomKills = ({ version, folder }: Place): number =>
  readKey(folder, version === 2 ? 'memory.events' : 'memory.oom_control', 'oom_kill') ?? 0

/** How often the cell wanted more than its limit. The kernel may have made room by giving up cached files. */
export function limitHits({ version, folder }: Place): number {
  if (version === 2) return readKey(folder, 'memory.events', 'max') ?? 0
  // Where swap is counted, too, that limit is met first.
  const files = ['memory.failcnt', 'memory.memsw.failcnt']
  return files.reduce((sum, file) => sum + (readNumber(folder, file) ?? 0), 0)
}
