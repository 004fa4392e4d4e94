import { coveragePercent, type RunRecord } from '@muster/model'
import { runFacts } from '../facts/run-facts.ts'
import { failedCount } from '../facts/suite-facts.ts'
import { counted, grouped } from '../text/counted.ts'
import { formatBytes } from '../text/format-bytes.ts'
import { formatDuration } from '../text/format-duration.ts'
import { plainLine } from '../text/plain-text.ts'

/** What `page`, `header` and `appendix` templates may use, besides the style, the script and the data. */
export interface PageView {
  readonly title: string
  readonly verdict: RunRecord['verdict']
  readonly label: string
  readonly headline: string
  readonly incomplete: boolean
  readonly command: string
  /** ISO 8601, UTC. */
  readonly startedIso: string
  readonly duration: string
  readonly workers: string
  readonly totals: RunRecord['totals']
  /** The totals for reading: `10,000`. */
  readonly counts: Readonly<Record<CountName, string>>
  /** Failures that count: those in quarantine are not among them. */
  readonly failed: number
  /** Why the run was halted; empty when it wasn't. */
  readonly halted: string
  /** `12 suites`, that a halt or a failure elsewhere kept from their verdict. */
  readonly leftOutText: string
  readonly utilisationPercent: number
  readonly cachedPercent: number
  /** Percent of the lines, and what that is of. */
  readonly coverage?: { readonly percent: string; readonly words: string }
  readonly cachedText: string
  readonly hasNotes: boolean
  readonly notes: readonly { readonly level: string; readonly suite: string; readonly message: string }[]
  readonly environment: readonly { readonly name: string; readonly value: string }[]
  /** An SVG, percent-encoded, in the verdict's colour. */
  readonly icon: string
}

type CountName = 'tests' | 'passed' | 'failed' | 'skipped' | 'flaky' | 'quarantined' | 'notRerun' | 'suites'

const ICON_COLORS = { passed: '4aa873', failed: 'd9534a', error: 'd9a441', aborted: 'd9a441' } as const

export function pageView(record: RunRecord): PageView {
  const facts = runFacts(record)
  return {
    title: [facts.headline, plainLine(record.workspace)].filter(Boolean).join(' · '),
    verdict: record.verdict,
    label: facts.label,
    headline: facts.headline,
    incomplete: !record.complete,
    command: plainLine(record.command),
    startedIso: isoTime(record.startedAt),
    duration: formatDuration(facts.durationMs),
    workers: counted(record.workers, 'worker'),
    totals: record.totals,
    counts: {
      tests: grouped(record.totals.tests),
      passed: grouped(record.totals.passed),
      failed: grouped(failedCount(record.totals)),
      skipped: grouped(record.totals.skipped),
      flaky: grouped(record.totals.flaky),
      quarantined: grouped(record.totals.quarantined),
      notRerun: grouped(record.totals.notRerun),
      suites: grouped(record.suites.length),
    },
    failed: failedCount(record.totals),
    halted: plainLine(record.halted ?? ''),
    leftOutText: facts.leftOutText,
    utilisationPercent: Math.round(100 * record.utilisation),
    ...(record.coverage && { coverage: coverageView(record.coverage) }),
    cachedPercent: Math.floor(facts.cachedShare * 100),
    cachedText:
      facts.cached.length === 0
        ? `0 of ${counted(record.suites.length, 'suite')}`
        : `${facts.cached.length} of ${counted(record.suites.length, 'suite')}, ${formatDuration(facts.savedMs)} saved`,
    hasNotes: record.notes.length > 0,
    notes: record.notes.map((note) => ({
      level: note.level,
      suite: plainLine(note.suite ?? ''),
      message: plainLine(note.message),
    })),
    environment: environment(record),
    icon: encodeURIComponent(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="#${ICON_COLORS[record.verdict]}"/></svg>`,
    ),
  }
}

const environment = (record: RunRecord): PageView['environment'] =>
  [
    { name: 'Run', value: record.runId },
    { name: 'Workspace', value: record.workspace },
    { name: 'Command', value: record.command },
    { name: 'Started', value: isoTime(record.startedAt) },
    { name: 'Finished', value: isoTime(record.finishedAt) },
    { name: 'Workers', value: `${record.workers}, ${Math.round(100 * record.utilisation)} % busy` },
    ...(record.load === undefined
      ? []
      : [
          {
            name: 'Load',
            value: `${record.load.averageCpus.toFixed(1)} cores on average, ${Math.round(record.load.peakMemoryBytes / 2 ** 20)} MiB at most`,
          },
        ]),
    { name: 'Machine', value: machineText(record) },
    { name: 'Order', value: record.objective },
    ...(record.budgetMs === undefined
      ? []
      : [{ name: 'Time budget', value: formatDuration(record.budgetMs) }]),
    { name: 'Muster', value: record.muster },
    { name: 'Node.js', value: record.node },
    { name: 'Platform', value: record.platform },
  ].map(({ name, value }) => ({ name, value: plainLine(value) || 'unknown' }))

function machineText({ machine, capacity }: RunRecord): string {
  const parts = [machine]
  if (capacity.cpus > 0) parts.push(counted(capacity.cpus, 'core'))
  if (capacity.memoryBytes > 0) parts.push(`${formatBytes(capacity.memoryBytes)} for tests`)
  return [...parts, ...capacity.labels].filter(Boolean).join(', ')
}

/** A record from elsewhere may hold a time that no calendar has. */
export const isoTime = (at: number): string =>
  Number.isNaN(new Date(at).getTime()) ? 'unknown' : new Date(at).toISOString()

const coverageView = ({ totals: { lines }, files }: NonNullable<RunRecord['coverage']>) => ({
  percent: coveragePercent(lines).toFixed(1),
  words: `of ${counted(lines.total, 'line')} in ${counted(files, 'file')}`,
})
