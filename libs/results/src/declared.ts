import type { CaseTotals } from './case-tally.ts'
import type { WarningList } from './warning-list.ts'

/** The totals that a file states about itself; what it doesn't state is absent. */
export interface Declared {
  readonly tests?: number
  readonly passed?: number
  /** Failures and errors together. */
  readonly failed?: number
  readonly skipped?: number
}

/** Says so when a file's own totals disagree with the cases found in it. */
export function warnOfDisagreement(declared: Declared, found: CaseTotals, warnings: WarningList): void {
  const counted = { ...found, failed: found.failed + found.errors }
  for (const key of ['tests', 'passed', 'failed', 'skipped'] as const) {
    const stated = declared[key]
    if (stated === undefined || stated === counted[key]) continue
    const what = key === 'tests' ? 'tests' : `${key} tests`
    warnings.add(`the file states ${stated} ${what}, but holds ${counted[key]}`)
  }
}
