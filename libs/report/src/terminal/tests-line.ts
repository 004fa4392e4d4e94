import type { Counts } from '@muster/model'
import { failedCount } from '../facts/suite-facts.ts'

/**
 * `Tests: 120 passed, 1 failed, 2 skipped, 1 flaky, 1 in quarantine, 40 not rerun`. The first three are always there,
 * in this form, for programs. A failure in quarantine is not among the failed ones: who reads this number turns red
 * for it. Flaky ones are among the passed, and what was not rerun is among all others.
 */
export function testsLine(totals: Counts): string {
  const { passed, skipped, flaky, quarantined, notRerun } = totals
  const parts = [`${passed} passed`, `${failedCount(totals)} failed`, `${skipped} skipped`]
  if (flaky > 0) parts.push(`${flaky} flaky`)
  if (quarantined > 0) parts.push(`${quarantined} in quarantine`)
  if (notRerun > 0) parts.push(`${notRerun} not rerun`)
  return `Tests: ${parts.join(', ')}`
}
