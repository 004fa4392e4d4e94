import { existsSync, renameSync } from 'node:fs'
import { ok } from '@muster/model'
import type { HistoryResult } from '../history-problem.ts'
import { connect, transact } from './connection.ts'
import { readVersion } from './migrate.ts'
import { guarded } from './sqlite-problem.ts'

export interface Moved {
  readonly movedTo: string
  /** What was found, in SQLite's words. */
  readonly damage: string
}

const LOCK_TIMEOUT_MS = 10_000

/**
 * Moves `file` aside if it is damaged; null when it is sound. Under a lock of its own, so that of two processes
 * which recover at once the second doesn't move the first one's new file. An SQLite lock, because it ends with
 * its process, however that ends. Synchronous, as everything that holds a lock here.
 */
export function moveDamaged(file: string, now: Date): HistoryResult<Moved | null> {
  const lockFile = `${file}.recovery-lock`
  const locked = guarded(lockFile, () => {
    const lock = connect(lockFile, LOCK_TIMEOUT_MS)
    try {
      return transact(lock, () => moveUnderLock(file, now))
    } finally {
      lock.database.close()
    }
  })
  return locked.ok ? locked.value : locked
}

function moveUnderLock(file: string, now: Date): HistoryResult<Moved | null> {
  const damage = damageOf(file)
  if (!damage.ok) return damage
  if (damage.value === null) return ok(null)
  const movedTo = freeName(`${file}.corrupt-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`)
  // A log that stayed would be taken for the new file's.
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, movedTo + suffix)
  }
  return ok({ movedTo, damage: damage.value })
}

/** What is wrong inside; null for a sound or absent file. Reads all of it. */
function damageOf(file: string): HistoryResult<string | null> {
  if (!existsSync(file)) return ok(null)
  const checked = guarded(file, () => {
    const connection = connect(file, LOCK_TIMEOUT_MS)
    try {
      const version = readVersion(connection)
      if (!version.ok) return version
      const [row] = connection.prepare('pragma integrity_check(1)').all([]) as { integrity_check: string }[]
      const found = row?.integrity_check ?? 'it could not be checked'
      return ok(found === 'ok' ? null : found)
    } finally {
      connection.database.close()
    }
  })
  if (checked.ok) return checked.value
  return checked.error.type === 'corrupt' ? ok(checked.error.message) : checked
}

function freeName(name: string): string {
  let free = name
  for (let nth = 2; existsSync(free); nth++) free = `${name}-${nth}`
  return free
}
