import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { HistoryStore } from '@muster/history'
import { historyFile, isAlive, listRuns, readOpenMarker, runDir, runsDir } from '../journal/run-store.ts'
import { loadRecord } from '../run/load-record.ts'

/** Journals kept beside the history that is made of them. */
const KEPT_RUNS = 50

/**
 * Brings the history up to date with the journals, then lets old journals go. History is an index that
 * can be rebuilt; trouble with it is said in the log and changes nothing else.
 */
export async function updateHistory(root: string): Promise<void> {
  // A checkout that was measured may be taken away as soon as its run has ended.
  if (!existsSync(runsDir(root))) return
  const store = await openOrRecover(historyFile(root))
  if (store) {
    const { syncHistory } = await import('@muster/history')
    const synced = await syncHistory(store, runsDir(root), (run) => loadRecord(root, run))
    if (!synced.ok) console.error(synced.error.message)
    await store.close()
  }
  for (const run of (await listRuns(root)).slice(0, -KEPT_RUNS)) {
    const open = await readOpenMarker(root, run)
    if (!(open && isAlive(open.pid))) await rm(runDir(root, run), { recursive: true, force: true })
  }
}

/** A damaged database is set aside and begun anew: the journals fill it again. */
async function openOrRecover(file: string): Promise<HistoryStore | undefined> {
  const { openHistory, recoverHistory } = await import('@muster/history')
  const opened = await openHistory({ file })
  if (opened.ok) return opened.value
  const recovered = await recoverHistory(file)
  console.error(recovered.ok ? recovered.value.message : recovered.error.message)
  return recovered.ok ? recovered.value.store : undefined
}
