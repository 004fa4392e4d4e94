import { foldRun, RUN_EVENT_VERSION, type RunEvent } from '@muster/model'
import { readEvidence } from '../evidence/evidence-store.ts'
import { readJournal } from '../journal/read-journal.ts'
import { isAlive, journalFile, listRuns, readOpenMarker } from '../journal/run-store.ts'
import { caseReader } from '../run/load-record.ts'
import { cachedEvent } from './examine-hits.ts'
import { publishRecord, publishRun, type Published } from './publish-run.ts'

/**
 * Reports on the run that is going on, as far as it is, and on the evidence of those of `suites` that it has
 * not touched. Without a running one: on the newest run. Undefined when there never was one.
 */
export async function publishLatest(root: string, suites: readonly string[]): Promise<Published | undefined> {
  const run = (await listRuns(root)).at(-1)
  if (run === undefined) return undefined
  const open = await readOpenMarker(root, run)
  if (!open || !isAlive(open.pid)) return publishRun(root, run, true)
  const { events } = await readJournal(journalFile(root, run))
  const last = events.at(-1)
  const known = new Set<string>(
    events.flatMap((event) => ('suite' in event && event.suite !== undefined ? [event.suite] : [])),
  )
  const extra: RunEvent[] = []
  for (const suite of suites.filter((each) => !known.has(each))) {
    const read = await readEvidence(root, suite)
    if (!read.ok) continue
    const hit = { task: suite, suite, hash: read.value.evidence.hash ?? '' }
    const stamp = {
      v: RUN_EVENT_VERSION,
      runId: run,
      seq: (last?.seq ?? 0) + 1 + extra.length,
      at: last?.at ?? Date.now(),
    } as const
    extra.push({ ...stamp, ...cachedEvent(root, run, hit, read.value) })
  }
  return publishRecord(root, run, foldRun([...events, ...extra], caseReader(root, run)), true)
}
