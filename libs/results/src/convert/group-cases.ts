import type { TestCase } from '@muster/model'

const NO_GROUP = 'tests'

/** Cases by their outermost title, which they lose; one that has no other belongs to its file. */
export function groupCases(cases: readonly TestCase[]): ReadonlyMap<string, readonly TestCase[]> {
  const groups = new Map<string, TestCase[]>()
  for (const testCase of cases) {
    const [first = '', ...rest] = testCase.path
    const name = (rest.length > 0 ? first : testCase.file) || NO_GROUP
    const group = groups.get(name) ?? []
    group.push(rest.length > 0 ? { ...testCase, path: rest } : testCase)
    groups.set(name, group)
  }
  return groups
}
