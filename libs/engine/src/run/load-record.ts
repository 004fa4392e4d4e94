import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  foldRun,
  type OutputRef,
  type RunEvent,
  type RunId,
  type RunRecord,
  type TestCase,
} from '@muster/model'
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

/**
 * The record of a run as its journal tells it; undefined when there is no such run.
 * @param unwritten what the journal lacks because the disk refused it
 */
export async function loadRecord(
  root: string,
  run: RunId,
  unwritten: readonly RunEvent[] = [],
): Promise<RunRecord | undefined> {
  const events = [...(await readEvents(journalFile(root, run))), ...unwritten]
  return events.length === 0 ? undefined : foldRun(events, caseReader(root, run))
}

async function readEvents(file: string): Promise<readonly RunEvent[]> {
  try {
    return (await readJournal(file)).events
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
