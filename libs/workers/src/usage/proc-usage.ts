import { readProcText } from '../processes/process-table.ts'
import type { Reading } from './reading.ts'

/** Linux shows times in hundredths of a second to programs, whatever its own clock. */
const MS_PER_TICK = 10
/** Looking at the shared pages of one process takes the kernel about a millisecond. */
const MOST_FOR_PSS = 8

/** What the processes have used in their lives, with the children that they have waited for. */
export function procUsage(pids: readonly number[]): Reading {
  const cpuMs = pids.reduce((sum, pid) => sum + cpuMsOf(pid), 0)
  return { cpuMs, ...procIo(pids), memoryBytes: procMemory(pids) }
}

/** User and system time, its own and of the children that it has waited for. */
function cpuMsOf(pid: number): number {
  return times(pid).reduce((sum, ms) => sum + ms, 0)
}

/** Of the children that this process has waited for, milliseconds. */
export function waitedForMs(): number {
  const [, , user = 0, system = 0] = times('self')
  return user + system
}

/** utime, stime, cutime, cstime of `pid (name) state ppid …`: fields 14 to 17. */
function times(pid: number | 'self'): number[] {
  const stat = readProcText(pid, 'stat') ?? ''
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).map((ticks) => Number(ticks) * MS_PER_TICK)
}

/** Bytes that came from and went to storage, with those of the children that they have waited for. */
export function procIo(pids: readonly number[]): Pick<Reading, 'readBytes' | 'writtenBytes'> {
  const texts = pids.map((pid) => readProcText(pid, 'io') ?? '')
  const sum = (field: RegExp): number =>
    texts.reduce((total, text) => total + Number(field.exec(text)?.[1] ?? 0), 0)
  return { readBytes: sum(/^read_bytes: (\d+)$/m), writtenBytes: sum(/^write_bytes: (\d+)$/m) }
}

/** Bytes: each page once where that is cheap to know, so that forked processes don't count their parent's again. */
export function procMemory(pids: readonly number[]): number {
  const proportional = pids.length > 1 && pids.length <= MOST_FOR_PSS
  return pids.reduce((sum, pid) => sum + ((proportional ? pss(pid) : undefined) ?? rss(pid)), 0)
}

const kibibytes = (text: string | undefined, name: string): number | undefined => {
  const match = text === undefined ? undefined : new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)
  return match ? Number(match[1]) * 1024 : undefined
}

const pss = (pid: number): number | undefined => kibibytes(readProcText(pid, 'smaps_rollup'), 'Pss')
const rss = (pid: number): number => kibibytes(readProcText(pid, 'status'), 'VmRSS') ?? 0
