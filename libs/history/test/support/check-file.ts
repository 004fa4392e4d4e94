import { deepEqual, equal } from 'node:assert/strict'
import Database from 'libsql'

/** Rows of any SQL on a history file, past the store. */
export function query(file: string, sql: string): Record<string, unknown>[] {
  const database = new Database(file, { timeout: 5000 })
  try {
    return database.prepare(sql).all() as Record<string, unknown>[]
  } finally {
    database.close()
  }
}

/** SQLite finds the file sound, and no row hangs on one that is gone. */
export function checkSound(file: string): void {
  deepEqual(query(file, 'pragma integrity_check'), [{ integrity_check: 'ok' }])
  deepEqual(query(file, 'pragma foreign_key_check'), [])
}

/** Each run has as many suites and cases as its own totals say: none is half there. */
export function checkWhole(file: string): void {
  const [found] = query(
    file,
    `select count(*) as n from run where
       suites <> (select count(*) from suite_run where run = run.id)
       or tests - not_rerun <> (select count(*) from case_run join suite_run on suite_run.id = suite_run
                    where suite_run.run = run.id)
       or suites <> (select count(*) from attempt join suite_run on suite_run.id = suite_run
                     where suite_run.run = run.id)`,
  )
  equal(found?.['n'], 0, 'runs that are half there')
}
