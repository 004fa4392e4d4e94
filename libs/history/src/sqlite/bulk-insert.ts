import type { Connection, SqlStatement, SqlValue } from './connection.ts'

/** Calls of the driver cost more than rows do: at 50 rows a call, a large run takes a third of the time. */
const ROWS_PER_CALL = 50

export interface BulkInsert {
  /** One value for each column of the table, in order. */
  add(row: readonly SqlValue[]): void
  /** Writes what is still held back. */
  flush(): void
}

export function bulkInsert(
  connection: Connection,
  table: 'test_case' | 'case_run',
  columns: number,
): BulkInsert {
  const statement = (rows: number): SqlStatement => {
    const row = `(${Array(columns).fill('?').join(', ')})`
    return connection.prepare(`insert into ${table} values ${Array(rows).fill(row).join(', ')}`)
  }
  const full = statement(ROWS_PER_CALL)
  let held: SqlValue[] = []
  return {
    add(row) {
      held.push(...row)
      if (held.length < ROWS_PER_CALL * columns) return
      full.run(held)
      held = []
    },
    flush() {
      if (held.length > 0) statement(held.length / columns).run(held)
      held = []
    },
  }
}
