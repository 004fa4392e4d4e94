import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { err, ok } from '@muster/model'
import { inaccessible, type HistoryProblem, type HistoryResult } from '../history-problem.ts'
import type { HistoryStore } from '../history-store.ts'
import type { RunCursor } from '../history-views.ts'

/** Runs asked for at a time. */
const PAGE = 100

/**
 * Writes all runs to a file, one record a line, newest first, as they are ingested elsewhere. In memory is one run at a time;
 * the file is there when it is whole.
 * @returns how many runs
 */
export async function exportHistory(
  store: HistoryStore,
  file: string,
): Promise<HistoryResult<{ readonly runs: number }>> {
  const partial = `${file}.partial`
  let runs = 0
  let problem: HistoryProblem | undefined
  async function* lines(): AsyncGenerator<string> {
    let before: RunCursor | undefined
    for (;;) {
      const page = await store.runs({ limit: PAGE, ...(before && { before }) })
      if (!page.ok) return void (problem = page.error)
      for (const { runId } of page.value) {
        const record = await store.record(runId)
        if (!record.ok) return void (problem = record.error)
        // Another process may have pruned it since.
        if (!record.value) continue
        runs++
        yield `${JSON.stringify(record.value)}\n`
      }
      before = page.value.at(-1)
      if (!before) return
    }
  }
  try {
    await pipeline(lines, createWriteStream(partial))
    if (problem) return err(problem)
    await rename(partial, file)
    return ok({ runs })
  } catch (error) {
    return err(inaccessible(file, (error as Error).message, 'Name a file in a folder that you may write.'))
  } finally {
    await rm(partial, { force: true })
  }
}
