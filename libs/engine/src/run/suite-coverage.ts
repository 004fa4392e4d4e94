import { rmSync } from 'node:fs'
import {
  missedThresholds,
  type CoverageSummary,
  type Outcome,
  type Suite,
  type SuiteCoverage,
} from '@muster/model'
import { storeOutput } from '../journal/output-store.ts'
import type { Dispatcher } from '../journal/dispatcher.ts'
import type { UnitExecution } from './unit-execution.ts'

/** A suite's coverage, ready to be kept. */
export interface KeptCoverage {
  readonly summary: CoverageSummary
  /** As `@muster/coverage` encodes it. */
  readonly data: Buffer
}

export interface SuiteCoverageEnd {
  /** Undefined when there is none, which was said. */
  readonly kept: KeptCoverage | undefined
  /** A pass that covers too little is none. */
  readonly outcome: Outcome
}

/** What the last attempts of a suite's units have covered together, judged by the suite's own thresholds. */
export async function closeCoverage(
  root: string,
  suite: Suite & { readonly coverage: SuiteCoverage },
  executions: Iterable<UnitExecution>,
  outcome: Outcome,
  dispatcher: Dispatcher,
): Promise<SuiteCoverageEnd> {
  const all = [...executions]
  const folders = all.flatMap(({ attempts }) => attempts.flatMap(({ coverageDir }) => coverageDir ?? []))
  const last = all.flatMap(({ attempts }) => attempts.at(-1)?.coverageDir ?? [])
  const warn = (message: string): void =>
    dispatcher.emit({ kind: 'note', level: 'warning', suite: suite.id, message })
  try {
    if (outcome.status !== 'passed' && outcome.status !== 'failed') return { kept: undefined, outcome }
    if (all.some(({ carried }) => carried.length > 0)) return { kept: undefined, outcome }
    const kept = await collect(root, suite, last, warn)
    if (kept === undefined) return { kept, outcome }
    const data = storeOutput(root, dispatcher.runId, kept.data)
    dispatcher.emit({ kind: 'coverage-collected', suite: suite.id, summary: kept.summary, data })
    return { kept, outcome: judge(suite.coverage, kept.summary, outcome) }
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
}

async function collect(
  root: string,
  suite: Suite & { readonly coverage: SuiteCoverage },
  folders: readonly string[],
  warn: (message: string) => void,
): Promise<KeptCoverage | undefined> {
  const { coverage, dir } = suite
  const { projects = [], notRoots = [], include, exclude, files } = coverage
  const roots = projects.length > 0 ? projects.map((each) => each.root) : [dir]
  const scope = { roots, notRoots, exclude, ...(include && { include }) }
  // Only suites with coverage should pay for it.
  const { collectInThread } = await import('@muster/coverage/collect')
  const collected = await collectInThread({ root, dir, folders, files, scope })
  if (!collected.ok) {
    warn(`its coverage could not be read: ${collected.error}`)
    return undefined
  }
  const { inScope, read, totals, data, warnings, files: counted } = collected.value
  for (const warning of warnings) warn(`coverage: ${warning}`)
  // What is no JavaScript or TypeScript only its tool can count.
  if (inScope === 0 || (counted === 0 && read > 0)) {
    warn('no file is in the scope of its coverage; "covers" or "coverage.include" should name some')
    return undefined
  }
  if (read === 0) {
    warn('it is to collect coverage, but has left none; its output may say why')
    return undefined
  }
  return { summary: { totals, projects }, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) }
}

function judge({ thresholds }: SuiteCoverage, { totals }: CoverageSummary, outcome: Outcome): Outcome {
  if (outcome.status !== 'passed') return outcome
  const missed = missedThresholds(totals, thresholds)
  if (missed.length === 0) return outcome
  const words = missed.map(
    ({ metric, percent, threshold }) => `${percent} % of its ${metric}, ${threshold} % are asked for`,
  )
  return { status: 'failed', failures: 0, note: `its tests passed, but cover only ${words.join('; ')}` }
}
