import Database from 'libsql'

/** All that may be bound. The driver aborts the whole process on a boolean, so none may reach it. */
export type SqlValue = string | number | null

export interface SqlStatement {
  run(values: readonly SqlValue[]): { readonly lastInsertRowid: number | bigint }
  all(values: readonly SqlValue[]): readonly unknown[]
}

/** The part of the driver that we use; one connection, synchronous. */
export interface Connection {
  readonly file: string
  readonly database: Database.Database
  prepare(sql: string): SqlStatement
  exec(sql: string): void
  /** The first column of the first row. */
  number(sql: string): number
}

/** @throws the driver's errors, for `sqliteProblem` to name */
export function connect(file: string, busyTimeoutMs: number): Connection {
  const database = new Database(file, { timeout: busyTimeoutMs })
  // On by default in this build; see the schema for why references aren't enforced.
  database.exec('pragma foreign_keys = off')
  return {
    file,
    database,
    prepare(sql) {
      const statement = database.prepare(sql)
      return {
        run: (values) => statement.run(values),
        all: (values) => statement.all(values),
      }
    },
    exec: (sql) => void database.exec(sql),
    number(sql) {
      // Never `get`: it leaves the statement open, and with it a read lock.
      const [row] = database.prepare(sql).all() as [Record<string, number>]
      return Object.values(row)[0] ?? 0
    },
  }
}

/**
 * Runs `work` as one write transaction. The lock is taken first thing, so that waiting for another writer
 * happens only here, and never fails half-way.
 */
export function transact<T>(connection: Connection, work: () => T): T {
  connection.exec('begin immediate')
  try {
    const value = work()
    connection.exec('commit')
    return value
  } catch (error) {
    // SQLite has rolled back by itself when the disk was full.
    if (connection.database.inTransaction) connection.exec('rollback')
    throw error
  }
}
