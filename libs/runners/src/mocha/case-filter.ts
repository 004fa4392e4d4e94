import type { CaseRef } from '@muster/model'
import { workspacePaths } from '../workspace-path.ts'
import { titles } from './case-reporter.ts'
import type { MochaSuite, MochaTest } from './mocha-api.ts'

/**
 * What failed may have been no test. A failing hook keeps the tests of its group from running, so that running
 * it again means running that group.
 */
export const NO_TEST = /^"(?:before|after) (?:all|each)" hook|^Uncaught error outside test suite$/

/**
 * Takes all other tests out of the tree. Not by mocha's `grep`: that sees titles joined by spaces, in which
 * `a b › c` and `a › b c` are one. Groups that are left empty run no hooks, as with `grep`.
 * @param root when mocha emits `start`
 * @param workspace its absolute root
 * @returns the cases that aren't there
 */
export function keepCases(root: MochaSuite, cases: readonly CaseRef[], workspace: string): CaseRef[] {
  const fileOf = workspacePaths(workspace)
  const tests = [...eachTest(root)].map((test) => ({ test, path: titles(test), file: fileOf(test.file) }))
  const byPath = new Map<string, typeof tests>()
  for (const test of tests) {
    const key = keyOf(test.path)
    const namesakes = byPath.get(key)
    if (namesakes) namesakes.push(test)
    else byPath.set(key, [test])
  }
  const kept = new Set<MochaTest>()
  const missing = cases.filter((ref) => {
    const inFile = ({ file }: { file: string | undefined }): boolean =>
      ref.file === undefined || ref.file === file
    const named = (byPath.get(keyOf(ref.path)) ?? []).filter(inFile)
    const found =
      named.length > 0 || !NO_TEST.test(ref.path.at(-1) ?? '') ? named : inGroup(ref).filter(inFile)
    for (const { test } of found) kept.add(test)
    return found.length === 0
  })
  prune(root, kept)
  return missing

  function inGroup(ref: CaseRef): typeof tests {
    const group = ref.path.slice(0, -1)
    return tests.filter(({ path }) => group.every((title, depth) => path[depth] === title))
  }
}

const keyOf = (path: readonly string[]): string => path.join('\0')

function* eachTest(suite: MochaSuite): Generator<MochaTest> {
  yield* suite.tests
  for (const child of suite.suites) yield* eachTest(child)
}

function prune(suite: MochaSuite, kept: ReadonlySet<MochaTest>): void {
  suite.tests = suite.tests.filter((test) => kept.has(test))
  for (const child of suite.suites) prune(child, kept)
}
