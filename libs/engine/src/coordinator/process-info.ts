import { readFileSync } from 'node:fs'
import type { OwnerProcess } from './protocol.ts'

/** Undefined when there is no such process, or only its zombie. */
export function ownerProcess(pid: number): OwnerProcess | undefined {
  const stat = readStat(pid)
  if (stat !== undefined)
    return stat.state === 'Z' || stat.state === 'X' ? undefined : { pid, startedAt: stat.startedAt }
  if (process.platform === 'linux') return undefined
  try {
    process.kill(pid, 0)
  } catch (error) {
    // A process that this user may not signal is alive, too.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined
  }
  return { pid, startedAt: '' }
}

export function isRunning(owner: OwnerProcess): boolean {
  return ownerProcess(owner.pid)?.startedAt === owner.startedAt
}

/** Fields 3 and 22 of /proc/<pid>/stat (proc(5)); the command name in between may hold anything. */
function readStat(pid: number): { state: string; startedAt: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' }
  } catch {
    return undefined
  }
}
