import type { Cell } from '../cgroups/cell.ts'
import { cellMemory, cellPeak, resetPeak } from '../cgroups/cell-memory.ts'
import { readControl, readKey, readNumber } from '../cgroups/control-file.ts'
import type { Place } from '../cgroups/abilities.ts'
import { procIo, procMemory, procUsage } from './proc-usage.ts'
import { type Reading, since } from './reading.ts'

/** Tells what some processes use, counted from its own beginning. */
export interface Gauge {
  /** Undefined when it can't be told. */
  read(): Reading | undefined
  /** Bytes, when somebody watched all the time; asked once, at the end. */
  peak(): number | undefined
}

/** Of everything in a cgroup; what it can't tell comes from the processes in it. */
export function cellGauge(cell: Cell): Gauge {
  const memory = cell.at('memory')
  let largestCache = 0
  const read = (): Reading => {
    const pids = cell.pids()
    const held = memory && cellMemory(memory)
    largestCache = Math.max(largestCache, held?.cache ?? 0)
    return { ...cellTotals(cell, pids), memoryBytes: held?.workingSet ?? procMemory(pids) }
  }
  const start = read()
  const hasPeak = memory !== undefined && (start.cpuMs === 0 || resetPeak(memory))
  return {
    read: () => since(start, read()),
    /**
     * The kernel counts cached files in it, which it would give back at once. Their largest size is taken off, though
     * they may have come at another time: rather too little, as what was held at any sample counts anyway.
     */
    peak() {
      read()
      const peak = hasPeak ? cellPeak(memory) : undefined
      return peak && Math.max(0, peak - largestCache)
    },
  }
}

function cellTotals(cell: Cell, pids: readonly number[]): Omit<Reading, 'memoryBytes'> {
  const cpuTime = cell.at('cpuTime')
  const io = cell.at('io')
  const cpuMs = cpuTime && cellCpuMs(cpuTime)
  return cpuMs === undefined ? procUsage(pids) : { ...(io ? cellIo(io) : procIo(pids)), cpuMs }
}

function cellCpuMs({ version, folder }: Place): number | undefined {
  if (version === 2) {
    const us = readKey(folder, 'cpu.stat', 'usage_usec')
    return us === undefined ? undefined : us / 1000
  }
  const ns = readNumber(folder, 'cpuacct.usage')
  return ns === undefined ? undefined : ns / 1_000_000
}

/** Version 2 only: `<major>:<minor> rbytes=… wbytes=… …` a device. */
function cellIo({ folder }: Place): Pick<Reading, 'readBytes' | 'writtenBytes'> {
  const text = readControl(folder, 'io.stat') ?? ''
  const sum = (name: string): number =>
    [...text.matchAll(new RegExp(`\\b${name}=(\\d+)`, 'g'))].reduce(
      (total, [, bytes]) => total + Number(bytes),
      0,
    )
  return { readBytes: sum('rbytes'), writtenBytes: sum('wbytes') }
}

/** Of the processes that `find` finds, by /proc; of the ones that end between two looks, only what their parent waited for. */
export function procGauge(find: () => readonly number[]): Gauge {
  const start = procUsage(find())
  return { read: () => since(start, procUsage(find())), peak: () => undefined }
}

/** For a machine that tells nothing of others' processes. */
export const BLIND: Gauge = { read: () => undefined, peak: () => undefined }
