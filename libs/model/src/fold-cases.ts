import { caseName, type CaseError, type TestCase } from './test-case.ts'

/** Why an attempt in a thread that did not pass, for no reason that threads are known for, isn't the last word. */
export const DOUBTED_IN_THREAD = 'did not pass in a thread; a process decides'

interface AttemptCases {
  readonly cases: readonly TestCase[]
  readonly superseded?: string
}

/** Whether what an attempt says of the tests counts: not if they were asked of a thread that can't do what they need. */
const isTelling = ({ superseded }: Pick<AttemptCases, 'superseded'>): boolean =>
  superseded === undefined || superseded === DOUBTED_IN_THREAD

/** Whether an attempt before the last one did not pass: a pass after it is flaky. */
export const failedBefore = <Attempt extends Pick<AttemptCases, 'superseded'>>(
  attempts: readonly Attempt[],
  passed: (attempt: Attempt) => boolean,
): boolean => attempts.slice(0, -1).some((each) => isTelling(each) && !passed(each))

interface Failures {
  times: number
  readonly errors: CaseError[]
}

const keyOf = (testCase: TestCase): string => `${testCase.file ?? ''}\0${caseName(testCase)}`

function failuresIn(attempts: readonly AttemptCases[]): Map<string, Failures> {
  const failures = new Map<string, Failures>()
  for (const testCase of attempts.flatMap(({ cases }) => cases)) {
    if (testCase.status !== 'failed') continue
    const known = failures.get(keyOf(testCase)) ?? { times: 0, errors: [] }
    known.times += testCase.attempts ?? 1
    if (testCase.error) known.errors.push(testCase.error)
    failures.set(keyOf(testCase), known)
  }
  return failures
}

/**
 * The cases of a unit are those of its last attempt. What failed in an earlier one and passes now is told as
 * passed at its second (third, …) execution, which makes it flaky. What fails still is told with the executions of its
 * retries, but not twice because a thread was asked first.
 */
export function casesOfUnit(attempts: readonly AttemptCases[]): readonly TestCase[] {
  const last = attempts.at(-1)
  if (!last) return []
  const earlier = attempts.slice(0, -1).filter(isTelling)
  if (!earlier.some(({ cases }) => cases.some(({ status }) => status === 'failed'))) return last.cases
  const ifPassed = failuresIn(earlier)
  const ifFailed = failuresIn(earlier.filter(({ superseded }) => superseded === undefined))
  return last.cases.map((testCase) =>
    withEarlier(testCase, (testCase.status === 'failed' ? ifFailed : ifPassed).get(keyOf(testCase))),
  )
}

function withEarlier(testCase: TestCase, before: Failures | undefined): TestCase {
  if (!before) return testCase
  const earlierErrors = [...before.errors, ...(testCase.earlierErrors ?? [])]
  return {
    ...testCase,
    attempts: (testCase.attempts ?? 1) + before.times,
    ...(earlierErrors.length > 0 && { earlierErrors }),
  }
}
