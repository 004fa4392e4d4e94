import assert from 'node:assert/strict'
import { createScratchWorkspace, type ScratchWorkspace } from '@muster/testkit'
import { lastRecord, nxOk, statuses } from './support/records.ts'
import { addExistingTests, EXISTING, ownCounts } from './support/existing-tests.ts'

const RUN = ['run-many', '-t', 'test'] as const
const NAMES = Object.keys(EXISTING).toSorted()

/** The steps of one workspace's life, in order. */
describe('a workspace with tests of its own adopts Muster', () => {
  let workspace: ScratchWorkspace
  let untouched: Readonly<Record<string, string>>
  before(async () => {
    workspace = await createScratchWorkspace({ nxJson: { plugins: [] }, packageJson: { type: 'commonjs' } })
    await addExistingTests(workspace)
    untouched = await tracked(workspace)
  })
  after(() => workspace.dispose())

  it('by one command, which changes no test and no more than one line of what defines them', async () => {
    const said = await nxOk(workspace, ['g', '@muster/nx:init', '--all', '--convert', '--no-interactive'])
    assert.match(said, /It runs the tests of node:test, vitest, jest\./)
    const changed = await workspace.git('diff', '--name-only')
    assert.deepEqual(changed.split('\n').toSorted(), [
      'nx.json',
      'packages/command/project.json',
      'packages/node/package.json',
      'packages/script/package.json',
    ])
    await workspace.commitAll('Adopt Muster')
  })

  it('runs the tests that the runners run by themselves, no more and no less', async () => {
    const { code } = await workspace.nx(RUN)
    assert.notEqual(code, 0, 'a test fails')
    const record = await lastRecord(workspace)
    const counts = Object.fromEntries(
      record.suites.map(({ name, passed, failed, skipped }) => [name, { passed, failed, skipped }]),
    )
    assert.deepEqual(counts, await ownCounts(workspace))
    assert.deepEqual(counts['@shop/vitest'], { passed: 2, failed: 1, skipped: 1 })
  })

  it('answers what passed from the cache, and runs what was mended', async () => {
    await workspace.write('packages/vitest/src/sum.mjs', 'export const sum = (a, b) => a + b\n')
    await nxOk(workspace, RUN)
    assert.deepEqual(statuses(await lastRecord(workspace)), {
      ...Object.fromEntries(NAMES.map((name) => [`@shop/${name}`, 'cached'])),
      '@shop/vitest': 'passed',
    })
    await workspace.git('checkout', '--', 'packages/vitest')
  })

  it('goes back by one command, to every byte', async () => {
    await nxOk(workspace, ['g', '@muster/nx:remove', '--no-interactive'])
    assert.deepEqual(await tracked(workspace), untouched)
  })
})

/** All files that git would have in its next commit, by path. */
async function tracked(workspace: ScratchWorkspace): Promise<Readonly<Record<string, string>>> {
  const paths = await workspace.git('ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate')
  const files = paths.split('\n').filter((path) => workspace.exists(path))
  return Object.fromEntries(await Promise.all(files.map(async (path) => [path, await workspace.read(path)])))
}
