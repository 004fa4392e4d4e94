import { posix } from 'node:path'
import type { SuiteJsonInput } from '@muster/model/schema'
import { glob, type Tree } from '../nx/devkit.ts'

const SCHEMA = 'node_modules/@muster/model/schemas/suite.schema.json'

/** Paths of all suite.json in the tree; what git ignores is left out here and below. */
export const suiteFiles = (tree: Tree): string[] => glob(tree, ['**/suite.json'])

export const hasTestFiles = (tree: Tree, folder: string): boolean =>
  glob(tree, [posix.join(folder, '**/*.{test,spec}.{js,cjs,mjs,ts,cts,mts}')]).length > 0

/** The text of a suite.json; its `$schema` lets editors complete it. */
export const suiteText = (json: SuiteJsonInput, folder: string): string =>
  `${JSON.stringify({ $schema: posix.join(posix.relative(folder, '.'), SCHEMA), ...json }, null, 2)}\n`

/** A test that passes, so that the way from declaration to report can be seen before there is anything to test. */
export const exampleTest = (suite: string): string => `import assert from 'node:assert/strict'

describe(${JSON.stringify(suite)}, () => {
  it('runs', () => {
    assert.equal(1 + 1, 2)
  })
})
`
