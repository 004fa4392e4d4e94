import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import type { Capacity } from '@muster/model'
import { machineClass } from './machine-class.ts'

export interface CapacityWishes {
  readonly workers: number
  /** Sizes of counted semaphores, from the plugin's options. */
  readonly semaphores: Readonly<Record<string, number>>
  /** What the user says the machine is, beyond what it says itself. */
  readonly labels: readonly string[]
}

/** The rest is for the system, Nx and ourselves. */
const MEMORY_SHARE = 0.9

/**
 * What this machine offers a run. Workers decide how many units run at a time; a unit that keeps several cores busy
 * counts as that many, so there are never fewer cpus than workers.
 */
export function readCapacity({ workers, semaphores, labels }: CapacityWishes): Capacity {
  return {
    workers,
    cpus: Math.max(workers, availableParallelism()),
    memoryBytes: Math.floor(freeMemory() * MEMORY_SHARE),
    semaphores,
    labels: [...new Set([process.platform, process.arch, ...boardLabels(), ...labels])],
  }
}

/** In a container what is left of its limit. */
function freeMemory(): number {
  const { availableMemory } = process as { availableMemory?: () => number }
  return availableMemory?.() ?? freemem()
}

/** `pi` and `pi4` on a Raspberry Pi 4: what its firmware says. */
function boardLabels(): string[] {
  try {
    const model = readFileSync('/proc/device-tree/model', 'utf8')
    const [, number] = /^Raspberry Pi (?:Zero )?(\d+)?/.exec(model) ?? []
    if (!model.startsWith('Raspberry Pi')) return []
    return number === undefined ? ['pi'] : ['pi', `pi${number}`]
  } catch {
    return []
  }
}

/** Machines of one class are taken to be equally fast. */
export const readMachineClass = (): string =>
  machineClass({
    platform: process.platform,
    arch: process.arch,
    cpuModel: cpus()[0]?.model ?? '',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
  })
