import { caseName, type CaseError, type TestCase } from '@muster/model'

/**
 * Cases of several reports as those of one, in order of first appearance. The reports are told in the order they
 * were run in: a case that an earlier one has, too, was executed again, as with Surefire's reruns. The last
 * execution counts, each failing one before it is kept as an earlier error, and so a pass after a failure is
 * flaky and not clean; a skip says nothing beside an execution. Two cases of one name in one report are two
 * cases: the first of each report belong together, and so on.
 */
export function mergeCases(reports: Iterable<readonly TestCase[]>): readonly TestCase[] {
  const merged = new Map<string, TestCase>()
  for (const cases of reports) {
    const seen = new Map<string, number>()
    for (const testCase of cases) {
      const name = `${testCase.file ?? ''}\0${caseName(testCase)}`
      const times = (seen.get(name) ?? 0) + 1
      seen.set(name, times)
      const key = `${name}\0${times}`
      const before = merged.get(key)
      merged.set(key, before ? rerun(before, testCase) : testCase)
    }
  }
  return [...merged.values()]
}

function rerun(before: TestCase, after: TestCase): TestCase {
  if (after.status === 'skipped') return before
  if (before.status === 'skipped') return after
  const failed: readonly CaseError[] =
    before.status === 'failed' ? [before.error ?? { message: 'failed' }] : []
  const earlierErrors = [...(before.earlierErrors ?? []), ...failed, ...(after.earlierErrors ?? [])]
  // A pass that came again is no retry: attempts would call it flaky.
  const earlier = (before.attempts ?? 1) - (before.status === 'passed' ? 1 : 0)
  const attempts = earlier + (after.attempts ?? 1)
  const attachments = [...(before.attachments ?? []), ...(after.attachments ?? [])]
  return {
    ...after,
    ...(attachments.length > 0 && { attachments }),
    ...(attempts > 1 && { attempts }),
    ...(earlierErrors.length > 0 && { earlierErrors }),
  }
}
