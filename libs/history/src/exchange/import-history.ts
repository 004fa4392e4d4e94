import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { err, ok, RUN_RECORD_VERSION, type Result, type RunRecord } from '@muster/model'
import { inaccessible, type HistoryProblem } from '../history-problem.ts'
import type { HistoryStore } from '../history-store.ts'

/** A line of the file that is no run record of this version; what came before it is kept. */
export interface ImportProblem {
  readonly type: 'not-a-record'
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly message: string
  readonly fix: string
}

export interface ImportReport {
  /** Runs that are new, or of which only the beginning was known. */
  readonly added: number
  /** Runs that were known; they stay as they are. */
  readonly known: number
}

/**
 * Takes in the runs of a file, one record a line: exports of other histories, or `run.json` files put together. The same
 * file again changes nothing. A run that was pruned comes back: somebody asks for it.
 */
export async function importHistory(
  store: HistoryStore,
  file: string,
): Promise<Result<ImportReport, HistoryProblem | ImportProblem>> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
  let line = 0
  const report = { added: 0, known: 0 }
  try {
    for await (const text of lines) {
      line++
      if (text.trim() === '') continue
      const record = await parse(text)
      if (!record.ok) return err(notARecord(file, line, record.error))
      const done = await takeIn(store, record.value)
      if (!done.ok) return done
      report[done.value]++
    }
    return ok(report)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    return err(
      inaccessible(file, (error as Error).message, 'Name a file that `muster history export` wrote.'),
    )
  } finally {
    lines.close()
  }
}

/** A whole run is never replaced by the beginning of it. */
async function takeIn(
  store: HistoryStore,
  record: RunRecord,
): Promise<Result<keyof ImportReport, HistoryProblem>> {
  const known = await store.hasRun(record.runId)
  if (!known.ok) return known
  const open = await store.unsettled([record.runId], { incompleteSince: 0 })
  if (!open.ok) return open
  if (known.value && (open.value.length === 0 || !record.complete)) return ok('known')
  const done = await store.ingest(record)
  return done.ok ? ok('added') : done
}

async function parse(text: string): Promise<Result<RunRecord, string>> {
  const { runRecordSchema } = await import('@muster/model/schema')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return err((error as Error).message)
  }
  const version = (json as { version?: unknown } | null)?.version
  if (typeof version === 'number' && version !== RUN_RECORD_VERSION) {
    return err(`it is of version ${version}, this Muster reads version ${RUN_RECORD_VERSION}`)
  }
  const checked = runRecordSchema.safeParse(json)
  if (checked.success) return ok(checked.data)
  const [issue] = checked.error.issues
  return err(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it is not of the right shape'}`)
}

const notARecord = (file: string, line: number, reason: string): ImportProblem => ({
  type: 'not-a-record',
  file,
  line,
  message: `${file}:${line} holds no run record: ${reason}`,
  fix: 'Export it with the Muster that imports it. The runs before this line were taken in; again changes nothing.',
})
