import type { UnitState } from './fold-state.ts'
import { caseName, type CaseError, type TestCase } from './test-case.ts'

const keyOf = (testCase: TestCase): string => `${testCase.file ?? ''}\0${caseName(testCase)}`

/**
 * The cases of a unit are those of its last attempt. What failed in an earlier one and passes now is told as
 * passed at its second (third, …) execution, which makes it flaky. A superseded attempt says nothing of the
 * tests: they were asked of a thread that couldn't do what they need.
 */
export function casesOfUnit({ attempts }: Pick<UnitState, 'attempts'>): readonly TestCase[] {
  const last = attempts.at(-1)
  if (!last) return []
  const earlier = attempts.slice(0, -1).filter(({ superseded }) => superseded === undefined)
  if (earlier.length === 0) return last.cases
  const failures = new Map<string, { times: number; errors: CaseError[] }>()
  for (const testCase of earlier.flatMap(({ cases }) => cases)) {
    if (testCase.status !== 'failed') continue
    const known = failures.get(keyOf(testCase)) ?? { times: 0, errors: [] }
    const errors = testCase.error ? [...known.errors, testCase.error] : known.errors
    failures.set(keyOf(testCase), { times: known.times + (testCase.attempts ?? 1), errors })
  }
  if (failures.size === 0) return last.cases
  return last.cases.map((testCase) => {
    const before = failures.get(keyOf(testCase))
    if (!before) return testCase
    const attempts = (testCase.attempts ?? 1) + before.times
    const earlierErrors = [...before.errors, ...(testCase.earlierErrors ?? [])]
    return { ...testCase, attempts, ...(earlierErrors.length > 0 && { earlierErrors }) }
  })
}
