import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { isAlive, journalFile, loadRecord, readOpenMarker, reportsDir } from '@muster/engine'
import type { RunId, RunRecord } from '@muster/model'
import { openReporter, type Reporter } from '@muster/report'
import { EXIT } from '../exit-codes.ts'
import { followJournal } from './follow-journal.ts'
import type { NxOutcome } from './nx-process.ts'

export interface WatchOptions {
  readonly root: string
  readonly id: RunId
  readonly reports: boolean
  readonly quiet?: boolean
  readonly json?: boolean
  readonly verbose?: boolean
}

/** Shows a run while Nx does it, and its summary at the end. Resolves with the exit code. */
export async function watchRun(nx: Promise<NxOutcome>, options: WatchOptions): Promise<number> {
  const { root, id } = options
  const reporter = await openReporterFor(options)
  const follower = followJournal(journalFile(root, id), (event) => reporter?.accept(event))
  const outcome = await nx
  await coordinatorGone(root, id)
  follower.finish()

  const record = (await loadRecord(root, id)) ?? (await reportedRecord(root, id))
  reporter?.close(record)
  if (options.json === true && record) console.log(JSON.stringify(record))
  return exitCode(record, outcome, options)
}

/** A full disk may have refused the journal and still have had room for the report elsewhere. */
async function reportedRecord(root: string, id: RunId): Promise<RunRecord | undefined> {
  try {
    const record = JSON.parse(
      await readFile(path.join(reportsDir(root), 'latest/run.json'), 'utf8'),
    ) as RunRecord
    return record.runId === id ? record : undefined
  } catch {
    return undefined
  }
}

async function openReporterFor(options: WatchOptions): Promise<Reporter | undefined> {
  if (options.json === true) return undefined
  const common = {
    stream: process.stdout,
    env: process.env,
    root: options.root,
    now: Date.now,
    ...(!options.reports && { report: null }),
  }
  const reporter = await openReporter(common)
  return options.quiet === true ? { accept: () => {}, close: (record) => reporter.close(record) } : reporter
}

/** After a stop the coordinator still cleans up and writes the record; it closes its run within seconds. */
async function coordinatorGone(root: string, id: RunId): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    const open = await readOpenMarker(root, id)
    if (!open || !isAlive(open.pid)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function exitCode(record: RunRecord | undefined, nx: NxOutcome, options: WatchOptions): number {
  if (!record) {
    if (nx.code === 0) {
      const nothing = nx.output.includes('No tasks were run')
      console.error(
        nothing
          ? 'muster: no suite to run.'
          : `${nx.output}\nmuster: nx is content, but the run left no record; its words are above.`,
      )
      return nothing ? EXIT.passed : EXIT.environment
    }
    if (nx.signal !== null || nx.code === 130) return EXIT.aborted
    if (options.verbose !== true) process.stderr.write(nx.output)
    return fail(
      EXIT.environment,
      `muster: nx ended with code ${nx.code} before any suite ran; its words are above.`,
    )
  }
  switch (record.verdict) {
    case 'passed':
      if (nx.code === 0) return EXIT.passed
      if (options.verbose !== true) process.stderr.write(nx.output)
      return fail(
        EXIT.failed,
        `muster: every suite passed, but nx ended with code ${nx.code}: another task failed (its words are above).`,
      )
    case 'failed':
      return EXIT.failed
    case 'error':
      return EXIT.environment
    case 'aborted':
      return EXIT.aborted
  }
}

function fail(code: number, message: string): number {
  console.error(message)
  return code
}
