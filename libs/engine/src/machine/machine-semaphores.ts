import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Needs } from '@muster/model'
import { isRunning, ownerProcess } from '../coordinator/process-info.ts'

type Held = Pick<Needs, 'semaphores' | 'exclusive'>

/** All or nothing of what a unit needs, across all runs of this user on this machine. */
export interface MachineSemaphores {
  /** Names that somebody else holds; empty when everything was taken. */
  acquire(holder: string, held: Held): Promise<readonly string[]>
  release(holder: string): Promise<void>
  close(): void
}

const EXCLUSIVE = -1

/**
 * Kept in a small database below the system's folder for temporary files: its transactions make taking several
 * permits one step, and what a process held is free as soon as the process is gone, however it went.
 * @param sizes permits by name; 1 for a name that isn't here
 */
export async function openMachineSemaphores(
  sizes: Readonly<Record<string, number>>,
  folder = path.join(tmpdir(), `muster-${process.getuid?.() ?? 'user'}`),
): Promise<MachineSemaphores> {
  const { default: Database } = await import('libsql')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const database = new Database(path.join(folder, 'semaphores.db'))
  database.exec('pragma busy_timeout = 5000')
  database.exec('pragma journal_mode = wal')
  database.exec(
    'create table if not exists permit (name text, count integer, holder text, pid integer, started text)',
  )
  const self = ownerProcess(process.pid) ?? { pid: process.pid, startedAt: '' }
  const heldByOthers = (name: string): PermitRow[] =>
    database.prepare('select name, count, pid, started from permit where name = ?').all(name) as PermitRow[]

  const transaction = <T>(work: () => T): T => {
    database.exec('begin immediate')
    try {
      const result = work()
      database.exec('commit')
      return result
    } catch (error) {
      database.exec('rollback')
      throw error
    }
  }
  const forgetTheDead = (): void => {
    const holders = database.prepare('select distinct pid, started from permit').all() as PermitRow[]
    for (const { pid, started } of holders) {
      if (!isRunning({ pid, startedAt: started }))
        database.prepare('delete from permit where pid = ? and started = ?').run(pid, started)
    }
  }
  return {
    acquire: async (holder, held) =>
      transaction(() => {
        forgetTheDead()
        const wanted = wantedPermits(held)
        const refused = wanted.filter(({ name, count }) => !fits(count, heldByOthers(name), sizes[name] ?? 1))
        if (refused.length === 0) {
          const insert = database.prepare('insert into permit values (?, ?, ?, ?, ?)')
          for (const { name, count } of wanted) insert.run(name, count, holder, self.pid, self.startedAt)
        }
        return refused.map(({ name }) => name)
      }),
    release: async (holder) => {
      database
        .prepare('delete from permit where holder = ? and pid = ? and started = ?')
        .run(holder, self.pid, self.startedAt)
    },
    close: () => void database.close(),
  }
}

interface PermitRow {
  readonly name: string
  readonly count: number
  readonly pid: number
  readonly started: string
}

function wantedPermits({ semaphores, exclusive }: Held): { name: string; count: number }[] {
  const shared = Object.entries(semaphores).filter(([name]) => !exclusive.includes(name))
  return [
    ...exclusive.map((name) => ({ name, count: EXCLUSIVE })),
    ...shared.map(([name, count]) => ({ name, count })),
  ]
}

/** More than there is counts as all there is. */
function fits(count: number, held: readonly PermitRow[], size: number): boolean {
  if (count === EXCLUSIVE || held.some((each) => each.count === EXCLUSIVE)) return held.length === 0
  const taken = held.reduce((sum, each) => sum + each.count, 0)
  return taken + Math.min(count, size) <= size
}

export const needsSemaphores = ({ semaphores, exclusive }: Held): boolean =>
  exclusive.length > 0 || Object.keys(semaphores).length > 0
