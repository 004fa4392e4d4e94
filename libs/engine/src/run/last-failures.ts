import { DID_NOT_RUN, type RunId, type SuiteRecord, type TestCase, type UnitPart } from '@muster/model'
import { listRuns } from '../journal/run-store.ts'
import { loadRecord } from './load-record.ts'

/** How many runs back a suite is looked for. */
const LOOK_BACK = 20

export interface Rerun {
  readonly part: UnitPart
  /** Results that aren't made again, marked as such. */
  readonly carried: readonly TestCase[]
}

/** Of the suites' last records, newest first; a suite that no recent run knows is missing. */
export async function lastRecords(
  root: string,
  suites: readonly string[],
  except?: RunId,
): Promise<ReadonlyMap<string, { readonly run: RunId; readonly record: SuiteRecord }>> {
  const found = new Map<string, { run: RunId; record: SuiteRecord }>()
  for (const run of (await listRuns(root)).slice(-LOOK_BACK).toReversed()) {
    if (run === except) continue
    if (found.size === suites.length) break
    const record = await loadRecord(root, run)
    for (const suite of record?.suites ?? []) {
      if (suites.includes(suite.name) && !found.has(suite.name) && isTelling(suite))
        found.set(suite.name, { run, record: suite })
    }
  }
  return found
}

/** What was skipped or stopped says nothing about its tests. */
const isTelling = ({ status }: SuiteRecord): boolean => status !== 'skipped' && status !== 'aborted'

/**
 * What to run again of a suite, after its last record: the test cases that failed; their whole files where a hook
 * failed, since it hid the tests behind it. Undefined when all of it must run: no test case says what went wrong.
 */
export function rerunOf(run: RunId, { status, cases }: SuiteRecord): Rerun | undefined {
  const failed = cases.filter(isFailure)
  const carry = (testCase: TestCase): TestCase => ({
    ...testCase,
    notRerun: true,
    notRerunFrom: testCase.notRerunFrom ?? run,
  })
  if (status === 'passed' && failed.length === 0) return { part: { cases: [] }, carried: cases.map(carry) }
  if (status !== 'failed' || failed.length === 0) return undefined
  const hooks = failed.filter(({ hook }) => hook)
  if (hooks.length === 0) {
    const part = { cases: failed.map(({ file, path }) => ({ path, ...(file !== undefined && { file }) })) }
    const names = new Set(failed.map(keyOf))
    return { part, carried: cases.filter((each) => !names.has(keyOf(each))).map(carry) }
  }
  if (failed.some(({ file }) => file === undefined)) return undefined
  const files = new Set(failed.flatMap(({ file }) => file ?? []))
  const carried = cases.filter(({ file }) => file !== undefined && !files.has(file)).map(carry)
  return { part: { files: [...files] }, carried }
}

/** What was left out because of a failure is as open as the failure. */
const isFailure = ({ status, quarantined, skipReason }: TestCase): boolean =>
  status === 'skipped' ? skipReason === DID_NOT_RUN : status === 'failed' && quarantined === undefined

const keyOf = ({ file, path }: TestCase): string => JSON.stringify([file, path])
