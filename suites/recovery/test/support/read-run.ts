import { existsSync } from 'node:fs'
import path from 'node:path'
import { loadRecord, runDir } from '@muster/engine'
import { journalFile, readJournal } from '@muster/engine/journal'
import type { RunEvent, RunId, RunRecord } from '@muster/model'

/** What a run has left behind, however it ended. */
export interface RunStory {
  readonly run: RunId
  /** It came to its end and nothing is to be resumed. */
  readonly ended: boolean
  /** Lines of the journal that can't be read. */
  readonly damaged: number
  /** Undefined when it died before its first event. */
  readonly record: RunRecord | undefined
  /** Answered with a pass, really or from an earlier run. */
  readonly passed: ReadonlySet<string>
  /** In which something was started. */
  readonly started: ReadonlySet<string>
  /** Units and whole suites that were answered more than once. */
  readonly answeredTwice: readonly string[]
}

export async function readRun(root: string, run: RunId): Promise<RunStory> {
  const file = journalFile(root, run)
  const { events, damaged } = existsSync(file) ? await readJournal(file) : { events: [], damaged: 0 }
  const record = await loadRecord(root, run)
  const answers = events.flatMap((event) => answerOf(event) ?? [])
  return {
    run,
    ended: events.at(-1)?.kind === 'run-finished' && !existsSync(path.join(runDir(root, run), 'open')),
    damaged,
    record,
    passed: new Set(record?.suites.filter(({ status }) => status === 'passed').map(({ name }) => name)),
    started: new Set(events.flatMap((event) => (event.kind === 'attempt-started' ? [event.suite] : []))),
    answeredTwice: answers.filter((each, index) => answers.indexOf(each) !== index),
  }
}

const answerOf = (event: RunEvent): string | undefined =>
  event.kind === 'unit-finished'
    ? event.unit
    : event.kind === 'suite-skipped' || event.kind === 'suite-cached'
      ? event.suite
      : undefined
