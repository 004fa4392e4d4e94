import { addCounts, NO_COUNTS, type RunRecord, type SuiteRecord } from '@muster/model'
import type { ToldComparison } from './compared-suite.ts'

/**
 * The runs that measured as one, with what the comparison came to in the end: a run by itself knows suspicions only, and
 * nothing of another revision. Of a suite that ran several times, the last time counts.
 * @param records at least one, oldest first
 * @param note what it was compared with, for people
 * @param remarks in place of what the runs said of their suites, which may be the same several times
 */
export function comparedRecord(
  records: readonly RunRecord[],
  told: readonly ToldComparison[],
  note: string,
  remarks: readonly string[],
): RunRecord {
  const last = records.at(-1)!
  const suites = new Map<string, SuiteRecord>(
    records.flatMap((record) => record.suites.map((suite) => [suite.name, suite] as const)),
  )
  const compared = Array.from(suites.values(), (suite) => withComparisons(suite, told))
  return {
    ...last,
    startedAt: records[0]!.startedAt,
    verdict: records.find(({ verdict }) => verdict !== 'passed')?.verdict ?? 'passed',
    totals: { suites: compared.length, ...compared.reduce(addCounts, NO_COUNTS) },
    notes: [
      { level: 'info', message: note },
      ...remarks.map((message) => ({ level: 'warning' as const, message })),
      ...last.notes.filter(({ suite }) => suite === undefined),
    ],
    suites: compared,
  }
}

function withComparisons(
  { comparisons: _before, ...suite }: SuiteRecord,
  told: readonly ToldComparison[],
): SuiteRecord {
  const own = told.filter((each) => each.suite === suite.name)
  const comparisons = own.map(({ suite: _suite, ...comparison }) => comparison)
  return comparisons.length > 0 ? { ...suite, comparisons } : suite
}
