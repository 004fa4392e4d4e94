import type { RunTally } from '@muster/engine/client'

const answered = ({ suites }: RunTally): number => suites.passed + suites.failed + suites.skipped

/** Answers may overtake each other; the fullest one counts. */
export const fuller = (a: RunTally | undefined, b: RunTally): RunTally =>
  a === undefined || answered(b) > answered(a) ? b : a

/**
 * The counts of a run for those whom the post-run hook can't reach: with Nx's daemon it runs in there, and what it
 * prints is lost, while a batch's own output is shown. The reports hold the suites from the cache too.
 */
export function batchSummary({ suites, tests }: RunTally, reports: boolean): string {
  return [
    '',
    `Suites: ${suites.passed} passed, ${suites.failed} failed, ${suites.skipped} skipped`,
    `Tests: ${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`,
    ...(reports ? ['Report, with what came from the cache: reports/latest/index.html'] : []),
    '',
  ].join('\n')
}
