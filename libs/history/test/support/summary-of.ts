import type { RunRecord } from '@muster/model'
import type { RunSummary } from '@muster/history'

/** A run without what a summary leaves out. */
export function summaryOf({ halted, ...run }: RunRecord): RunSummary {
  const { version: _version, notes: _notes, suites: _suites, capacity: _capacity, ...summary } = run
  return { ...summary, halted: halted ?? null }
}
