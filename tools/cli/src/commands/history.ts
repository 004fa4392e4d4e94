import { historyFile, updateHistory } from '@muster/engine'
import { openHistory, type HistoryStore, type RunSummary, type SuiteEntry } from '@muster/history'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { table } from '../table.ts'

export interface HistoryCommandOptions {
  readonly limit: number
  readonly json?: boolean
}

export async function history(suite: string | undefined, options: HistoryCommandOptions): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) return fail(EXIT.usage, NO_WORKSPACE)
  await updateHistory(root)
  const opened = await openHistory({ file: historyFile(root) })
  if (!opened.ok) return fail(EXIT.environment, `muster: ${opened.error.message}`)
  try {
    return suite === undefined
      ? await listRuns(opened.value, options)
      : await listSuite(opened.value, suite, options)
  } finally {
    await opened.value.close()
  }
}

async function listRuns(store: HistoryStore, { limit, json }: HistoryCommandOptions): Promise<number> {
  const read = await store.runs({ limit })
  if (!read.ok) return fail(EXIT.environment, `muster: ${read.error.message}`)
  if (json === true) console.log(JSON.stringify(read.value, null, 2))
  else if (read.value.length === 0) console.log('No runs yet. Start one: npx muster run')
  else
    console.log(
      table(
        ['RUN', 'VERDICT', 'SUITES', 'PASSED', 'FAILED', 'SKIPPED', 'TIME', 'COMMAND'],
        read.value.map(runRow),
      ),
    )
  return EXIT.passed
}

async function listSuite(
  store: HistoryStore,
  suite: string,
  { limit, json }: HistoryCommandOptions,
): Promise<number> {
  const read = await store.suiteHistory(suite, { limit })
  if (!read.ok) return fail(EXIT.environment, `muster: ${read.error.message}`)
  if (json === true) console.log(JSON.stringify(read.value, null, 2))
  else if (read.value.length === 0) console.log(`No run knows a suite "${suite}".`)
  else
    console.log(
      table(['RUN', 'STATUS', 'CACHED', 'TESTS', 'FAILED', 'TIME', 'HASH'], read.value.map(suiteRow)),
    )
  return EXIT.passed
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

const runRow = (run: RunSummary): string[] => [
  run.runId,
  run.verdict,
  String(run.totals.suites),
  String(run.totals.passed),
  String(run.totals.failed),
  String(run.totals.skipped),
  seconds(run.finishedAt - run.startedAt),
  run.command,
]

const suiteRow = (entry: SuiteEntry): string[] => [
  entry.runId,
  entry.status,
  entry.origin === null ? '' : `from ${entry.origin.runId}`,
  String(entry.counts.tests),
  String(entry.counts.failed),
  seconds(entry.durationMs),
  (entry.hash ?? '').slice(0, 12),
]

function fail(code: number, message: string): number {
  console.error(message)
  return code
}
