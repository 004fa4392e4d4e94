import type { Counts } from '@muster/model'

export const countsOf = ({
  tests,
  passed,
  failed,
  skipped,
  flaky,
  quarantined,
  not_rerun: notRerun,
}: Omit<Counts, 'notRerun'> & { readonly not_rerun: number }): Counts => ({
  tests,
  passed,
  failed,
  skipped,
  flaky,
  quarantined,
  notRerun,
})
