import type { RunRecord, SuiteRecord, Verdict } from '@muster/model'
import { counted, grouped } from '../text/counted.ts'
import { confirmedRegressions } from './performance.ts'
import { leftOut, type LeftOut } from './left-out.ts'
import { failedCount, isTroubled } from './suite-facts.ts'

/** What every rendering of a run says first. */
export interface RunFacts {
  readonly label: string
  /** One sentence without a full stop. */
  readonly headline: string
  readonly durationMs: number
  readonly troubled: readonly SuiteRecord[]
  readonly slow: readonly SuiteRecord[]
  readonly cached: readonly SuiteRecord[]
  /** Time that the cached suites took where they were executed. */
  readonly savedMs: number
  /** 0 to 1. */
  readonly cachedShare: number
  /** Aborted or never reached. */
  readonly unfinished: readonly SuiteRecord[]
  /** No machine of the run has what they require. */
  readonly noDevice: readonly SuiteRecord[]
  /** What was skipped, stopped or had no machine, by reason. */
  readonly leftOut: readonly LeftOut[]
  /** How many suites a halt or a failure elsewhere kept from their verdict: `4 suites left out, 2 not finished`. */
  readonly leftOutText: string
}

const LABELS: Readonly<Record<Verdict, string>> = {
  passed: 'Passed',
  failed: 'Failed',
  error: 'Could not run everything',
  aborted: 'Stopped',
}

export function runFacts(record: RunRecord): RunFacts {
  const having = (status: SuiteRecord['status']): SuiteRecord[] =>
    record.suites.filter((suite) => suite.status === status)
  const troubled = record.suites.filter(isTroubled)
  const cached = record.suites.filter((suite) => suite.cached)
  const unfinished = having('aborted')
  const noDevice = having('no-device')
  return {
    label: LABELS[record.verdict],
    headline: headline(record, troubled, unfinished, noDevice),
    durationMs: Math.max(0, record.finishedAt - record.startedAt),
    troubled,
    slow: record.suites.filter((suite) => suite.slow),
    cached,
    savedMs: cached.reduce((sum, suite) => sum + suite.durationMs, 0),
    cachedShare: record.suites.length === 0 ? 0 : cached.length / record.suites.length,
    unfinished,
    noDevice,
    leftOut: leftOut(record.suites),
    leftOutText:
      `${counted(having('skipped').length, 'suite')} left out` +
      (unfinished.length > 0 ? `, ${unfinished.length} not finished` : ''),
  }
}

function headline(
  record: RunRecord,
  troubled: readonly SuiteRecord[],
  unfinished: readonly SuiteRecord[],
  noDevice: readonly SuiteRecord[],
): string {
  const { totals } = record
  const suites = counted(totals.suites, 'suite')
  if (record.verdict === 'passed') return goodNews(record)
  const parts: string[] = []
  const failed = failedCount(totals)
  if (failed > 0) parts.push(`${grouped(failed)} of ${counted(totals.tests, 'test')} failed`)
  const silent = troubled.filter((suite) => failedCount(suite) === 0)
  if (silent.length > 0) parts.push(silentTrouble(silent))
  if (noDevice.length > 0) parts.push(`${noDevice.length} of ${suites} had no machine to run on`)
  if (unfinished.length > 0) parts.push(`${unfinished.length} of ${suites} did not finish`)
  const unrun = record.suites.filter(({ status }) => status === 'skipped').length
  if (parts.length === 0 && record.complete && unrun > 0)
    parts.push(
      unrun < totals.suites
        ? `${unrun} of ${suites} were left out; the others passed`
        : `${suites} left out, nothing was run`,
    )
  return parts.length > 0 ? parts.join(', ') : 'The run was cut off before its end'
}

function goodNews({ totals, suites: all }: RunRecord): string {
  if (totals.suites === 0) return 'Nothing to run'
  const ran = all.filter(({ status }) => status !== 'skipped').length
  const suites = `${ran < totals.suites ? `${ran} of ` : ''}${counted(totals.suites, 'suite')}`
  if (totals.tests === 0) return `No test was run in ${suites}`
  const skipped = totals.skipped > 0 ? `, ${grouped(totals.skipped)} skipped` : ''
  const quarantined = totals.quarantined > 0 ? `, ${grouped(totals.quarantined)} failed in quarantine` : ''
  const old = totals.notRerun > 0 ? `, ${grouped(totals.notRerun)} of them not rerun` : ''
  const slower = confirmedRegressions(all)
  const regressions = slower > 0 ? `, ${counted(slower, 'confirmed regression')}` : ''
  return `${counted(totals.passed, 'test')} passed in ${suites}${skipped}${quarantined}${old}${regressions}`
}

/** Suites that went wrong without a failing test: one by name, more by number. */
function silentTrouble(suites: readonly SuiteRecord[]): string {
  const [only] = suites
  if (suites.length === 1 && only) return `${only.name} ${STATUS_PHRASES[only.status]}`
  return `${suites.length} suites crashed, timed out or could not start`
}

const STATUS_PHRASES: Readonly<Record<SuiteRecord['status'], string>> = {
  passed: 'passed',
  // Without a failing test: a pass after a failure, where the suite's policy says that it doesn't count.
  failed: 'failed',
  skipped: 'was skipped',
  aborted: 'was stopped',
  'no-tests': 'ran no test',
  'timed-out': 'timed out',
  crashed: 'crashed',
  'environment-error': 'could not start',
  'no-device': 'had no machine to run on',
}
