import { offsetFromRoot, visitNotIgnoredFiles, type Tree } from '@nx/devkit'
import type { SuiteJsonInput } from '@muster/model/schema'

const SCHEMA = 'node_modules/@muster/model/schemas/suite.schema.json'
const TEST_FILE = /\.(test|spec)\.[cm]?[jt]s$/

/** Paths of all suite.json in the tree. */
export function suiteFiles(tree: Tree): string[] {
  const found: string[] = []
  visitNotIgnoredFiles(tree, '.', (path) => {
    if (path === 'suite.json' || path.endsWith('/suite.json')) found.push(path)
  })
  return found
}

export function hasTestFiles(tree: Tree, folder: string): boolean {
  let found = false
  if (tree.exists(folder)) visitNotIgnoredFiles(tree, folder, (path) => (found ||= TEST_FILE.test(path)))
  return found
}

/** The text of a suite.json; its `$schema` lets editors complete it. */
export const suiteText = (json: SuiteJsonInput, folder: string): string =>
  `${JSON.stringify({ $schema: `${offsetFromRoot(folder)}${SCHEMA}`, ...json }, null, 2)}\n`

/** A test that passes, so that the way from declaration to report can be seen before there is anything to test. */
export const exampleTest = (suite: string): string => `import assert from 'node:assert/strict'

describe(${JSON.stringify(suite)}, () => {
  it('runs', () => {
    assert.equal(1 + 1, 2)
  })
})
`
