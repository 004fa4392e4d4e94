import { setTimeout as delay } from 'node:timers/promises'
import { Kysely, SqliteDialect } from 'kysely'
import { ok } from '@muster/model'
import { checkPlace } from './check-place.ts'
import type { HistoryResult } from './history-problem.ts'
import type { HistoryStore } from './history-store.ts'
import { connect, type Connection } from './sqlite/connection.ts'
import { migrate, readVersion } from './sqlite/migrate.ts'
import { SCHEMA_VERSION } from './sqlite/migrations.ts'
import type { HistorySchema } from './sqlite/schema.ts'
import { sqliteHistoryStore } from './sqlite/sqlite-history-store.ts'
import { guarded, guardedAsync } from './sqlite/sqlite-problem.ts'

export interface HistoryOptions {
  /** Made when it isn't there, with its folders. */
  readonly file: string
  /** How long to wait for another process's lock. The thread is blocked meanwhile. Default 5,000. */
  readonly busyTimeoutMs?: number
}

const BUSY_TIMEOUT_MS = 5000
const RETRY_MS = 20

let opening: Promise<unknown> = Promise.resolve()

/**
 * Opens the embedded history. One at a time in this process: a migration holds the file's lock across awaits,
 * and a second opening would block the thread on which the first is to go on.
 */
export function openHistory(options: HistoryOptions): Promise<HistoryResult<HistoryStore>> {
  const opened = opening.then(() => openPatiently(options))
  opening = opened.catch(() => undefined)
  return opened
}

/** Changing to WAL doesn't wait for locks as statements do, so that is done here. */
async function openPatiently(options: HistoryOptions): Promise<HistoryResult<HistoryStore>> {
  const { file, busyTimeoutMs = BUSY_TIMEOUT_MS } = options
  const deadline = Date.now() + busyTimeoutMs
  for (;;) {
    const opened = await openOnce(file, busyTimeoutMs)
    if (opened.ok || opened.error.type !== 'busy' || Date.now() >= deadline) return opened
    await delay(RETRY_MS)
  }
}

async function openOnce(file: string, busyTimeoutMs: number): Promise<HistoryResult<HistoryStore>> {
  const place = checkPlace(file)
  if (!place.ok) return place
  const connected = guarded(file, () => connect(file, busyTimeoutMs))
  if (!connected.ok) return connected
  const connection = connected.value
  const prepared = await guardedAsync(file, () => prepare(connection))
  const store = prepared.ok ? prepared.value : prepared
  if (!store.ok) connection.database.close()
  return store
}

/** @throws the driver's errors */
async function prepare(connection: Connection): Promise<HistoryResult<HistoryStore>> {
  const version = readVersion(connection)
  if (!version.ok) return version
  // Only an empty file takes this; it lets `prune` shrink the file.
  if (version.value === 0) connection.exec('pragma auto_vacuum = incremental')
  connection.exec('pragma journal_mode = wal')
  // A power cut may lose the last runs, never the file; the journals bring them back.
  connection.exec('pragma synchronous = normal')
  const db = new Kysely<HistorySchema>({ dialect: new SqliteDialect({ database: connection.database }) })
  if (version.value < SCHEMA_VERSION) {
    const migrated = await migrate(connection, db)
    if (!migrated.ok) return migrated
  }
  return ok(sqliteHistoryStore(connection, db))
}
