import type { Counts } from '@muster/model'

export const countsOf = ({ tests, passed, failed, skipped, flaky }: Counts): Counts => ({
  tests,
  passed,
  failed,
  skipped,
  flaky,
})
