import { readFileSync } from 'node:fs'
import path from 'node:path'
import { foldRun, type OutputRef, type RunId, type RunRecord, type TestCase } from '@muster/model'
import { decodeCases } from '../journal/output-store.ts'
import { readJournal } from '../journal/read-journal.ts'
import { journalFile, outputsDir } from '../journal/run-store.ts'

export const caseReader =
  (root: string, run: RunId) =>
  (ref: OutputRef): readonly TestCase[] => {
    try {
      return decodeCases(readFileSync(path.join(outputsDir(root, run), ref.sha256)))
    } catch {
      return []
    }
  }

/** The record of a run as its journal tells it; undefined when there is no such run. */
export async function loadRecord(root: string, run: RunId): Promise<RunRecord | undefined> {
  try {
    const { events } = await readJournal(journalFile(root, run))
    return events.length === 0 ? undefined : foldRun(events, caseReader(root, run))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
