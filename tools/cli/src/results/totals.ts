import type { CaseTotals } from '@muster/results'

export const NO_TOTALS: CaseTotals = {
  suites: 0,
  tests: 0,
  passed: 0,
  failed: 0,
  errors: 0,
  skipped: 0,
  durationMs: 0,
}

export const addTotals = (a: CaseTotals, b: CaseTotals): CaseTotals => ({
  suites: a.suites + b.suites,
  tests: a.tests + b.tests,
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  errors: a.errors + b.errors,
  skipped: a.skipped + b.skipped,
  // To the microsecond: sums of fractions grow tails.
  durationMs: Math.round((a.durationMs + b.durationMs) * 1000) / 1000,
})
