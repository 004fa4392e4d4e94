import { Migrator, type Kysely } from 'kysely'
import { err, ok } from '@muster/model'
import { foreign, newer, type HistoryResult } from '../history-problem.ts'
import type { Connection } from './connection.ts'
import { MIGRATIONS, SCHEMA_VERSION } from './migrations.ts'
import type { HistorySchema } from './schema.ts'

/** "MUST" in ASCII: tells our file from any other SQLite database. */
const APPLICATION_ID = 0x4d_55_53_54

/**
 * Whose file this is and how old, before anything is written to it.
 * @returns its schema version, 0 for an empty file
 * @throws the driver's errors
 */
export function readVersion(connection: Connection): HistoryResult<number> {
  const objects = connection.number('select count(*) from sqlite_master')
  if (objects === 0) return ok(0)
  if (connection.number('pragma application_id') !== APPLICATION_ID) return err(foreign(connection.file))
  const version = connection.number('pragma user_version')
  return version > SCHEMA_VERSION ? err(newer(connection.file, version, SCHEMA_VERSION)) : ok(version)
}

/**
 * Brings the schema to `SCHEMA_VERSION` in one transaction of ours: kysely neither locks SQLite nor rolls
 * back a failed migration there, and several processes may open an old file at once.
 * @throws the driver's errors
 */
export async function migrate(
  connection: Connection,
  db: Kysely<HistorySchema>,
): Promise<HistoryResult<void>> {
  connection.exec('begin immediate')
  try {
    // Another process may have been faster while we waited for the lock.
    const version = readVersion(connection)
    if (!version.ok || version.value === SCHEMA_VERSION) {
      connection.exec('rollback')
      return version.ok ? ok(undefined) : version
    }
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
    })
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
    connection.exec(`pragma application_id = ${APPLICATION_ID}`)
    connection.exec(`pragma user_version = ${SCHEMA_VERSION}`)
    connection.exec('commit')
    return ok(undefined)
  } catch (error) {
    if (connection.database.inTransaction) connection.exec('rollback')
    throw error
  }
}
