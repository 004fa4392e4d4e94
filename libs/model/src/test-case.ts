import type { RunId } from './ids.ts'

export type CaseStatus = 'passed' | 'failed' | 'skipped'

export interface CaseError {
  readonly message: string
  readonly stack?: string
  /** Text of both sides when the assertion library gave them. */
  readonly expected?: string
  readonly actual?: string
}

/** A file or a text that a test case left as evidence: a screenshot, a trace, a video. */
export interface Attachment {
  readonly name: string
  /** As RFC 2045 has it: `image/png`. */
  readonly contentType: string
  /** Where the tool left it: workspace-relative, absolute when it is elsewhere. The next run may replace it. */
  readonly file?: string
  /** The copy that a run keeps; `runId` is the run that executed the case. */
  readonly kept?: { readonly runId: RunId; readonly sha256: string; readonly bytes: number }
  /** Why there is no copy, for people. */
  readonly lost?: string
}

/** A number that a test case measured. */
export interface Metric {
  readonly value: number
  /** `ms`, `MB`, `ops/s`; absent for plain numbers. */
  readonly unit?: string
  /** Which direction is an improvement; absent when neither is. */
  readonly better?: 'lower' | 'higher'
  /** What `value` is the median of, in the order measured, one a round; at most `MAX_SAMPLES`. */
  readonly samples?: readonly number[]
  /** All single measurements behind the samples: how many, and their quantiles at even steps from least to greatest. */
  readonly distribution?: { readonly count: number; readonly quantiles: readonly number[] }
}

/** One test case's final result in one attempt of its unit. */
export interface TestCase {
  /** The titles from the outermost group to the case itself; joined with ' › ' it is the full name. */
  readonly path: readonly string[]
  /** Workspace-relative, '/'-separated; absent when the result format doesn't say. */
  readonly file?: string
  readonly status: CaseStatus
  /** Milliseconds; 0 when the runner doesn't say. */
  readonly durationMs: number
  /** Executions of this case inside the attempt (runner-level retries); 1 unless retried. */
  readonly attempts?: number
  /** Why it was skipped (pending, todo, conditional), when the runner says. */
  readonly skipReason?: string
  readonly error?: CaseError
  /** A failure that is no failed expectation: the test, or what it needs, broke (JUnit's `<error>`). */
  readonly errored?: true
  /** Of failing executions before the one that is told here, oldest first. */
  readonly earlierErrors?: readonly CaseError[]
  /** What the case itself wrote: kept for failing cases, cut, when the result format says. */
  readonly stdout?: string
  readonly stderr?: string
  readonly attachments?: readonly Attachment[]
  /** By name. */
  readonly metrics?: Readonly<Record<string, Metric>>
  /** True for a failing hook that the runner counts as a failure, though it is no test. */
  readonly hook?: boolean
  /** A failure that doesn't count, with the reason for its quarantine. */
  readonly quarantined?: string
  /** Not executed in this run on purpose (`--failed` reruns failures only); the result is that of an earlier run. */
  readonly notRerun?: true
  /** With `notRerun`, the run that executed it. */
  readonly notRerunFrom?: RunId
}

/** `skipReason` of what its runner left out because of another failure, or to stop early: nobody wanted to skip it. */
export const DID_NOT_RUN = 'did not run'

export const CASE_PATH_SEPARATOR = ' › '
export const caseName = (testCase: Pick<TestCase, 'path'>): string => testCase.path.join(CASE_PATH_SEPARATOR)

/** Passed only after a failing execution: flaky, not clean. */
export const isFlakyCase = (testCase: TestCase): boolean =>
  testCase.status === 'passed' && (testCase.attempts ?? 1) > 1 && testCase.notRerun !== true

/** A failure that doesn't count against the run. */
export const isQuarantinedFailure = (testCase: TestCase): boolean =>
  testCase.status === 'failed' && testCase.quarantined !== undefined

/** Counts follow the runner: a failing hook counts in `failed` as mocha's own `failures` does. */
export interface Counts {
  readonly tests: number
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly flaky: number
  /** How many of `failed` are in quarantine and don't count against the run. */
  readonly quarantined: number
  /** How many were not executed but have their result from an earlier run; in the other numbers, too. */
  readonly notRerun: number
}

export const NO_COUNTS: Counts = {
  tests: 0,
  passed: 0,
  failed: 0,
  skipped: 0,
  flaky: 0,
  quarantined: 0,
  notRerun: 0,
}

/** `tests` is passed + failed + skipped, always. */
export function countCases(cases: Iterable<TestCase>): Counts {
  let passed = 0
  let failed = 0
  let skipped = 0
  let flaky = 0
  let quarantined = 0
  let notRerun = 0
  for (const testCase of cases) {
    if (testCase.status === 'passed') passed++
    else if (testCase.status === 'failed') failed++
    else skipped++
    if (isFlakyCase(testCase)) flaky++
    if (isQuarantinedFailure(testCase)) quarantined++
    if (testCase.notRerun === true) notRerun++
  }
  return { tests: passed + failed + skipped, passed, failed, skipped, flaky, quarantined, notRerun }
}

export const addCounts = (a: Counts, b: Counts): Counts => ({
  tests: a.tests + b.tests,
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  flaky: a.flaky + b.flaky,
  quarantined: a.quarantined + b.quarantined,
  notRerun: a.notRerun + b.notRerun,
})
