import { readFileSync } from 'node:fs'
import { ownerProcess, type OwnerProcess } from '@muster/engine/client'

/** Plugins may have processes of their own; their parent is Nx then. */
const inPluginWorker = (): boolean => /plugin-worker(\.js)?$/.test(process.argv[1] ?? '')

/** The nx process that calls the plugin. */
export const nxProcessId = (): number => (inPluginWorker() ? process.ppid : process.pid)

/**
 * What was typed behind `nx`. Undefined for any other process, Nx's daemon among them, and where the system doesn't tell.
 */
export function nxCommandOf(pid: number): string[] | undefined {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean)
    const script = words.findIndex((word) => /[\\/]nx(\.js)?$/.test(word))
    return script < 0 ? undefined : words.slice(script + 1)
  } catch {
    return undefined
  }
}

/**
 * The nx process that has forked this one. Undefined when it is gone: what adopts orphans is there for ever, and so
 * would be a coordinator that it owned. (In a container nx itself may be the first process.)
 */
export const nxParent = (parent = process.ppid): OwnerProcess | undefined =>
  parent === 1 && nxCommandOf(parent) === undefined ? undefined : ownerProcess(parent)
