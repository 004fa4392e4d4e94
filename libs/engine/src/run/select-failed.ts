import { countCases, type RunEventBody, type RunId } from '@muster/model'
import { encodeCases, storeOutput } from '../journal/output-store.ts'
import { lastRecords, rerunOf } from './last-failures.ts'
import type { WantedSuite } from './plan-units.ts'
import type { SuiteRequest } from './suite-request.ts'

/** With `answer` there is nothing to run: the earlier run's result stands, told as such. */
export interface SelectedSuite extends WantedSuite {
  readonly answer?: Extract<RunEventBody, { kind: 'suite-cached' }>
}

/** Which part of each suite is run: all of it, or, where only failures are asked for, what failed last time. */
export async function selectFailed(
  root: string,
  run: RunId,
  requests: readonly SuiteRequest[],
): Promise<SelectedSuite[]> {
  const names = requests.filter(({ failedOnly }) => failedOnly).map(({ suite }) => suite.id)
  const records = names.length === 0 ? undefined : await lastRecords(root, names, run)
  return requests.map(({ suite, failedOnly }): SelectedSuite => {
    const whole = { suite, part: {}, carried: [] }
    const last = failedOnly === true ? records?.get(suite.id) : undefined
    const rerun = last && rerunOf(last.run, last.record)
    if (!last || !rerun) return whole
    const { part, carried } = rerun
    if (part.cases?.length !== 0) return { suite, part, carried }
    const { record } = last
    return {
      ...whole,
      answer: {
        kind: 'suite-cached',
        suite: suite.id,
        suiteKind: suite.kind,
        hash: record.hash ?? '',
        origin: record.from ?? { runId: last.run, at: record.attempts[0]?.startedAt ?? 0, source: 'journal' },
        counts: countCases(carried),
        durationMs: record.durationMs,
        cases: storeOutput(root, run, encodeCases(carried)),
      },
    }
  })
}
