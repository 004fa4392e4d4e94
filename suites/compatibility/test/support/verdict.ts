import { isDeepStrictEqual } from 'node:util'
import { countCases, type ActualIsolation, type Outcome, type RunEvent } from '@muster/model'
import type { MochaVerdict, OracleEntry } from '../../../../libs/runners/test/fixtures/mocha/oracle.ts'

/** What a unit came to, from the events of its last attempt. */
export interface UnitVerdict {
  readonly outcome: Outcome
  readonly attempts: readonly ActualIsolation[]
  /** As mocha counts. */
  readonly counts: NonNullable<MochaVerdict['stats']>
  /** Messages of what failed, for a person who wonders. */
  readonly failures: readonly string[]
  readonly notes: readonly string[]
}

export function verdictOf(events: readonly RunEvent[], outcome: Outcome): UnitVerdict {
  const started = events.filter((event) => event.kind === 'attempt-started')
  const last = started.at(-1)?.attempt
  const cases = events.flatMap((event) =>
    event.kind === 'case-finished' && event.attempt === last ? event.case : [],
  )
  const { passed, failed, skipped } = countCases(cases)
  return {
    outcome,
    attempts: started.map(({ isolation }) => isolation),
    counts: { passed, failed, skipped },
    failures: cases.flatMap(({ error }) => (error ? `${error.message}\n${error.stack ?? ''}` : [])),
    notes: events.flatMap((event) => (event.kind === 'note' ? event.message : [])),
  }
}

/** How a verdict differs from what the oracle says of mocha; undefined when it doesn't. */
export function difference(entry: OracleEntry, verdict: UnitVerdict): string | undefined {
  const { outcome, counts } = verdict
  const told = JSON.stringify(verdict)
  if (outcome.status !== entry.outcome) return `expected ${entry.outcome}: ${told}`
  if (entry.cli.stats !== null && !isDeepStrictEqual(counts, entry.cli.stats)) {
    return `expected ${JSON.stringify(entry.cli.stats)}: ${told}`
  }
  const total = counts.passed + counts.failed + counts.skipped
  if (entry.cli.stats === null && entry.cases !== undefined && total !== entry.cases) {
    return `expected ${entry.cases} cases: ${told}`
  }
  const green = outcome.status === 'passed'
  if (entry.differs === undefined && green !== entry.cli.green)
    return `mocha is ${entry.cli.green ? 'green' : 'red'}: ${told}`
  return undefined
}
