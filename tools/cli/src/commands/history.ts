import { show, withHistory } from './history-open.ts'
import { caseTable, runTable, suiteTable } from './history-tables.ts'

export interface HistoryCommandOptions {
  readonly limit: number
  readonly cases?: boolean
  readonly json?: boolean
}

/** The runs; the runs of one suite; or, over its last `limit` runs, the test cases of one suite. */
export async function history(suite: string | undefined, options: HistoryCommandOptions): Promise<number> {
  const { limit, cases, json } = options
  return withHistory(async (store) => {
    if (suite === undefined) {
      return show(await store.runs({ limit }), json, (runs) =>
        runs.length === 0 ? 'No runs yet. Start one: npx muster run' : runTable(runs, process.stdout.columns),
      )
    }
    if (cases === true) {
      return show(await store.suiteCases(suite, { runs: limit }), json, (found) =>
        found.length === 0 ? `No run executed test cases of a suite "${suite}".` : caseTable(found),
      )
    }
    return show(await store.suiteHistory(suite, { limit }), json, (entries) =>
      entries.length === 0 ? `No run knows a suite "${suite}".` : suiteTable(entries, process.stdout.columns),
    )
  })
}
