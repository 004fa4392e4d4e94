import { readdir } from 'node:fs/promises'
import { err, isRunId, ok, type RunId, type RunRecord } from '@muster/model'
import type { HistoryResult } from './history-problem.ts'
import type { HistoryStore } from './history-store.ts'

export interface SyncReport {
  /** Runs that were read in, oldest first. */
  readonly ingested: readonly RunId[]
  /** Runs whose journal gave no record of that run. */
  readonly unreadable: readonly RunId[]
}

/** Gives undefined for a journal that can't be read. Called for one run at a time. */
export type ReadRecord = (runId: RunId) => Promise<RunRecord | undefined>

/** For this long after its start an incomplete run is read in anew at each sync: it may be going on. */
const MAY_GO_ON_MS = 24 * 60 * 60 * 1000

/**
 * Reads in the runs below `runsDir` (one folder a run, named by its id) that the history lacks. The journals
 * are the truth and the history an index of them, so this is also how a recovered history is filled again.
 * A problem ends it; what was ingested till then is kept, and the next sync goes on from there.
 */
export async function syncHistory(
  store: HistoryStore,
  runsDir: string,
  readRecord: ReadRecord,
  options: { readonly now?: number } = {},
): Promise<HistoryResult<SyncReport>> {
  const folders = await runFolders(runsDir)
  if (!folders.ok) return folders
  const incompleteSince = (options.now ?? Date.now()) - MAY_GO_ON_MS
  const wanted = await store.unsettled(folders.value, { incompleteSince })
  if (!wanted.ok) return wanted

  const ingested: RunId[] = []
  const unreadable: RunId[] = []
  for (const id of wanted.value.filter(isRunId)) {
    const record = await readRecord(id)
    // An empty journal folds to a record without an id.
    if (record?.runId !== id) {
      unreadable.push(id)
      continue
    }
    const done = await store.ingest(record)
    if (!done.ok) return done
    ingested.push(id)
  }
  return ok({ ingested, unreadable })
}

/** No folder of runs is no runs. */
async function runFolders(runsDir: string): Promise<HistoryResult<readonly RunId[]>> {
  try {
    const entries = await readdir(runsDir, { withFileTypes: true })
    return ok(
      entries
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .filter(isRunId),
    )
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return ok([])
    return err({
      type: 'inaccessible',
      file: runsDir,
      message: `the runs in ${runsDir} can't be listed (${code})`,
      fix: 'Make it a folder that you may read.',
    })
  }
}
