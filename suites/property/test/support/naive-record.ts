import type { Status, TestCase } from '@muster/model'
import type { Done } from './scripted-units.ts'

export interface NaiveSuite {
  readonly status: Status
  readonly attempts: number
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly flaky: number
}

/** What the units of a suite came to that never ran. */
type Unrun = readonly Extract<Status, 'skipped' | 'aborted' | 'no-device'>[]

const WORST_FIRST: readonly Status[] = [
  'failed',
  'crashed',
  'timed-out',
  'environment-error',
  'no-device',
  'aborted',
  'no-tests',
  'passed',
]

/** What a suite must be recorded as, from what its units really did; written without a look at how Muster does it. */
export function naiveSuite(done: readonly Done[], unrun: Unrun, flakyFails: boolean): NaiveSuite {
  const units = [...new Set(done.map(({ unit }) => unit))].map((unit) =>
    unitOf(
      done.filter((each) => each.unit === unit),
      flakyFails,
    ),
  )
  const cases = units.flatMap((each) => each.cases)
  const count = (status: TestCase['status']): number => cases.filter((each) => each.status === status).length
  return {
    status: statusOf([...units.map(({ status }) => status), ...unrun], cases.length),
    attempts: done.length + done.filter(({ before }) => before !== null).length,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    flaky: cases.filter(({ flaky }) => flaky).length,
  }
}

interface NaiveUnit {
  readonly status: Status
  readonly cases: readonly (TestCase & { readonly flaky: boolean })[]
}

function unitOf(runs: readonly Done[], flakyFails: boolean): NaiveUnit {
  const last = runs.at(-1)
  if (!last) throw new Error('a unit without a run')
  const earlier = [
    ...runs.flatMap(({ before }) => before ?? []),
    ...runs.slice(0, -1).flatMap(({ cases }) => cases),
  ]
  const failedBefore = new Set(earlier.filter(({ status }) => status === 'failed').map(nameOf))
  const cases = last.cases.map((each) => ({
    ...each,
    flaky: each.status === 'passed' && ((each.attempts ?? 1) > 1 || failedBefore.has(nameOf(each))),
  }))
  const isUnstable = runs.length > 1 || last.before !== null || cases.some(({ flaky }) => flaky)
  const { status } = last.outcome
  return { status: status === 'passed' && flakyFails && isUnstable ? 'failed' : status, cases }
}

const nameOf = ({ file = '', path }: TestCase): string => `${file}: ${path.join(' › ')}`

function statusOf(units: readonly Status[], tests: number): Status {
  if (units.every((each) => each === 'skipped')) return 'skipped'
  // A part that never ran leaves the suite unfinished.
  const told = units.map((each) => (each === 'skipped' ? 'aborted' : each))
  if (units.length > 1) {
    const ran = new Set<Status>(told.filter((each) => each !== 'no-tests'))
    if (ran.size === 0 || (tests === 0 && [...ran].join() === 'passed')) return 'no-tests'
    return WORST_FIRST.find((each) => ran.has(each)) ?? 'passed'
  }
  return told[0] ?? 'passed'
}
