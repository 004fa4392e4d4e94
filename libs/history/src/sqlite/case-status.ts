import type { CaseStatus } from '@muster/model'

/** Stored by index, one byte or none instead of seven in the largest table. Append only. */
const CASE_STATUSES: readonly CaseStatus[] = ['passed', 'failed', 'skipped']

export const caseStatusCode = (status: CaseStatus): number => CASE_STATUSES.indexOf(status)

export function caseStatusOf(code: number): CaseStatus {
  const status = CASE_STATUSES[code]
  if (status === undefined) throw new Error(`unknown case status ${code} in the history`)
  return status
}
