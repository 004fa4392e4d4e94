import { entryFor, type Quarantine } from '@muster/graph/quarantine'
import type { FlakyEnvironment, FlakyFinding } from '@muster/history'
import type { QuarantineEntry } from '@muster/model'
import { clipLine } from '../clip-line.ts'
import { table } from '../table.ts'
import { shellWord } from './quarantine-words.ts'

/** A finding with the quarantine entry that protects it now, if one does. */
export type ProtectedFinding = FlakyFinding & { readonly quarantine: QuarantineEntry | null }

export const protect = (
  findings: readonly FlakyFinding[],
  quarantine: Quarantine,
  nowMs: number,
): ProtectedFinding[] =>
  findings.map((finding) => {
    const { suite, caseName } = finding
    const entry = caseName === null ? undefined : entryFor(quarantine, suite, caseName, nowMs)
    return { ...finding, quarantine: entry ?? null }
  })

/** @param width columns of the terminal; undefined when it is none, and nothing is cut */
export function renderFlaky(findings: readonly ProtectedFinding[], width = Number.POSITIVE_INFINITY): string {
  const flaky = findings.filter(({ verdict }) => verdict === 'flaky')
  const fixed = findings.filter(({ verdict }) => verdict === 'environment')
  const open = flaky.filter(({ caseName, quarantine }) => caseName !== null && quarantine === null)
  const whole = flaky.filter(({ caseName }) => caseName === null)
  return [
    ...section('', flaky, width),
    ...section(
      'Not flaky: fails whenever it runs there, passes elsewhere with the same content',
      fixed,
      width,
    ),
    ...paragraph(
      'To keep a failure from counting while somebody looks after it:',
      open.map(quarantineCommand),
    ),
    ...paragraph(
      'No test case explains these suites (a crash, a time-out, a hook); see their runs:',
      whole.map(({ suite }) => `npx muster history ${shellWord(suite)}`),
    ),
  ]
    .join('\n')
    .trim()
}

function section(title: string, findings: readonly ProtectedFinding[], width: number): string[] {
  if (findings.length === 0) return []
  const rows = table(['RATE', '95 %', 'RUNS', 'KIND', 'LAST SEEN', 'OWNER', 'WHAT'], findings.map(row))
  const [header = '', ...lines] = rows.split('\n')
  return [
    ...(title === '' ? [] : ['', `${title}:`]),
    header,
    ...findings.flatMap((finding, index) =>
      [lines[index] ?? '', ...details(finding).map((text) => `    ${text}`)].map((line) =>
        clipLine(line, width),
      ),
    ),
  ]
}

const row = (finding: ProtectedFinding): string[] => [
  percent(finding.rate.value),
  `${percent(finding.rate.low).replace(' %', '')}–${percent(finding.rate.high)}`,
  `${finding.events}/${finding.executions}`,
  kindOf(finding),
  new Date(finding.lastAt).toISOString().slice(0, 10),
  finding.quarantine?.owner ?? '',
  [finding.suite, ...(finding.caseName === null ? [] : [finding.caseName])]
    .join(' › ')
    .replaceAll(/\s+/g, ' '),
]

function kindOf({ verdict, onRetry, sameContent }: FlakyFinding): string {
  if (verdict === 'environment') return 'platform'
  if (onRetry > 0 && sameContent > 0) return 'both'
  return onRetry > 0 ? 'retry' : 'content'
}

function details({ message, environments }: FlakyFinding): string[] {
  const [line = ''] = (message ?? '').trim().split('\n')
  const places = environments.length > 1 ? [environments.map(place).join(', ')] : []
  return [...(line === '' ? [] : [line]), ...places]
}

const place = ({ platform, node, events, executions }: FlakyEnvironment): string =>
  `${platform} ${node}: ${events} of ${executions}`

const quarantineCommand = ({ suite, caseName }: FlakyFinding): string =>
  `npx muster quarantine add ${shellWord(suite)} ${shellWord(caseName ?? '')} --owner ME --reason WHY`

const paragraph = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...[...new Set(lines)].map((line) => `  ${line}`)]

/** One decimal below 10 %, where it says something. */
function percent(share: number): string {
  const value = share * 100
  return `${value > 0 && value < 9.95 ? value.toFixed(1) : value.toFixed(0)} %`
}
