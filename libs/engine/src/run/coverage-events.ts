import type { RunEventBody, RunId } from '@muster/model'
import type { ReadEvidence } from '../evidence/evidence-store.ts'
import { storeOutput } from '../journal/output-store.ts'

/** What kept evidence says of a suite's coverage, for the journal; comes before the suite's answer. */
export function coverageEvents(
  root: string,
  run: RunId,
  { evidence, coverage }: ReadEvidence,
): Extract<RunEventBody, { kind: 'coverage-collected' }>[] {
  if (!coverage || !evidence.coverage) return []
  const { totals, projects } = evidence.coverage
  const data = storeOutput(root, run, coverage)
  return [{ kind: 'coverage-collected', suite: evidence.suite, summary: { totals, projects }, data }]
}
