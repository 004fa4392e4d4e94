import type { Connection } from './connection.ts'

/**
 * Deletes a run with all that hangs on it; names stay. Inside a transaction of the caller.
 * @returns whether it was there
 */
export function deleteRun(connection: Connection, runId: string): boolean {
  const [row] = connection.prepare('select id from run where run_id = ?').all([runId]) as { id: number }[]
  if (!row) return false
  const ofRun = 'in (select id from suite_run where run = ?)'
  connection.prepare(`delete from case_run where suite_run ${ofRun}`).run([row.id])
  connection.prepare(`delete from metric_run where suite_run ${ofRun}`).run([row.id])
  connection.prepare(`delete from attempt where suite_run ${ofRun}`).run([row.id])
  connection.prepare('delete from suite_run where run = ?').run([row.id])
  connection.prepare('delete from run where id = ?').run([row.id])
  return true
}
