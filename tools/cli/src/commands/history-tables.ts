import type { CaseSummary, RunSummary, SuiteEntry } from '@muster/history'
import { clipLine } from '../clip-line.ts'
import { table } from '../table.ts'

/** @param width columns of the terminal; undefined when it is none */
export const runTable = (runs: readonly RunSummary[], width = Number.POSITIVE_INFINITY): string =>
  table(
    ['RUN', 'VERDICT', 'SUITES', 'PASSED', 'FAILED', 'SKIPPED', 'TIME', 'BUSY', 'COMMAND'],
    runs.map((run) => [
      run.runId,
      run.verdict,
      String(run.totals.suites),
      String(run.totals.passed),
      String(run.totals.failed),
      String(run.totals.skipped),
      seconds(run.finishedAt - run.startedAt),
      run.utilisation === null ? '' : `${Math.round(run.utilisation * 100)} %`,
      run.command,
    ]),
  )
    .split('\n')
    .map((line) => clipLine(line, width))
    .join('\n')

/** From this width on there is room for the hash and for where a cached result comes from. */
const WIDE = 120

/** @param width as above */
export function suiteTable(entries: readonly SuiteEntry[], width = Number.POSITIVE_INFINITY): string {
  const wide = width >= WIDE
  const header = ['RUN', 'STATUS', 'PASSED', 'TIME', 'PLANNED', 'UNITS', 'TRIES', 'MEMORY']
  return table(
    wide ? [...header, 'HASH', 'FROM'] : header,
    entries.map((entry) => [
      entry.runId,
      statusOf(entry),
      `${entry.counts.passed}/${entry.counts.tests}`,
      seconds(entry.durationMs),
      entry.estimateMs === null || entry.cached ? '' : seconds(entry.estimateMs),
      entry.units === 0 ? '' : String(entry.units),
      entry.attempts === 0 ? '' : String(entry.attempts),
      entry.peakMemoryBytes === null ? '' : `${Math.round(entry.peakMemoryBytes / 1e6)} MB`,
      ...(wide ? [(entry.hash ?? '').slice(0, 12), entry.origin?.runId ?? ''] : []),
    ]),
  )
}

const statusOf = ({ status, cached, unstable }: SuiteEntry): string => {
  if (cached) return 'cached'
  return unstable ? 'flaky' : status
}

export const caseTable = (cases: readonly CaseSummary[]): string =>
  table(
    ['LAST', 'RUNS', 'FAILED', 'RETRIED', 'TIME', 'CASE'],
    cases.map((each) => [
      each.lastStatus,
      String(each.executions),
      String(each.failures),
      String(each.retried),
      each.durationMs === null ? '' : `${each.durationMs.toFixed(0)} ms`,
      each.name,
    ]),
  )

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
