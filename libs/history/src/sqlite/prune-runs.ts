import { transact, type Connection } from './connection.ts'
import { deleteRun } from './delete-run.ts'
import { guarded } from './sqlite-problem.ts'

/**
 * Forgets all runs but the newest `keepRuns`, then gives the space back to the file system.
 * @returns how many were forgotten
 * @throws the driver's errors
 */
export function pruneRuns(connection: Connection, keepRuns: number): number {
  const removed = transact(connection, () => {
    const old = connection
      .prepare('select run_id from run order by started_at desc, run_id desc limit -1 offset ?')
      .all([keepRuns]) as { run_id: string }[]
    if (old.length === 0) return 0
    const remember = connection.prepare('insert or ignore into pruned_run values (?)')
    for (const { run_id } of old) {
      deleteRun(connection, run_id)
      remember.run([run_id])
    }
    forgetUnused(connection)
    return old.length
  })
  // Another process may hold the lock now; the runs are gone all the same, and the next time takes the space.
  if (removed > 0) guarded(connection.file, () => connection.exec('pragma incremental_vacuum'))
  return removed
}

/** Names that no kept run uses. A case's use is looked for among the runs of its suite, by primary key. */
function forgetUnused(connection: Connection): void {
  connection.exec(
    `delete from test_case where not exists (
       select 1 from suite_run join case_run on case_run.suite_run = suite_run.id
       where suite_run.suite = test_case.suite and case_run.test_case = test_case.id)`,
  )
  connection.exec('delete from test_file where id not in (select file from test_case)')
  connection.exec('delete from suite where id not in (select suite from suite_run)')
}
