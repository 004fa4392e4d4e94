import { readFileSync, readlinkSync } from 'node:fs'

/**
 * The name of a pool's folder says whose it is, so that it can be removed when its owner is gone:
 * `muster-<pool>-<pid>-<start>-<pid namespace>`. The start (clock ticks since boot) tells a reused pid apart,
 * the namespace keeps us from judging by pids that mean somebody else.
 */
export function poolName(pool: string): string | undefined {
  const start = startOf(process.pid)
  const space = pidNamespace()
  return start === undefined || space === undefined
    ? undefined
    : `muster-${pool}-${process.pid}-${start}-${space}`
}

export const isNameOf = (pool: string, name: string): boolean => name.startsWith(`muster-${pool}-`)

/** Whether the process that made the folder is known to be gone. */
export function isAbandoned(name: string): boolean {
  const [, pid, start, space] = /^muster-[0-9a-f]+-(\d+)-(\d+)-(\d+)$/.exec(name) ?? []
  return pid !== undefined && space === pidNamespace() && startOf(Number(pid)) !== start
}

/** Undefined when there is no such process, or only its remains. */
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

function pidNamespace(): string | undefined {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0]
  } catch {
    return undefined
  }
}
