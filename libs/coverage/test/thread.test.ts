import assert from 'node:assert/strict'
import type { CollectOrder } from '../src/collect-coverage.ts'
import { decodeCoverage } from '../src/coverage-codec.ts'
import { collectInThread } from '../src/thread/collect-in-thread.ts'
import { packSuite } from '../src/thread/packed-suite.ts'
import { withFolder } from './support.ts'

const FILES = {
  'lib/src/a.js': 'export const a = (n) => (n ? 1 : 2)\n',
  'lib/src/b.ts': 'export function b(): number {\n  return 1\n}\n',
  'left/lcov.info': 'SF:lib/src/b.ts\nDA:2,3\nend_of_record\nSF:\n',
}

const order = (root: string, roots: readonly string[]): CollectOrder => ({
  root,
  dir: 'lib',
  folders: [`${root}/left`],
  files: [],
  scope: { roots, notRoots: [], exclude: [] },
})

describe('collecting in a thread', () => {
  it('gives what collecting here gives, each order its own, and says why one gives none', () =>
    withFolder(FILES, async (root) => {
      const impossible = { ...order(root, ['lib']), scope: undefined } as unknown as CollectOrder
      const [first, failed, empty] = await Promise.all([
        collectInThread(order(root, ['lib'])),
        collectInThread(impossible),
        collectInThread(order(root, ['nowhere'])),
      ])
      assert.ok(first.ok && empty.ok)
      const { data, ...rest } = await packSuite(order(root, ['lib']))
      const { data: packed, ...told } = first.value
      assert.deepEqual(told, rest)
      assert.deepEqual(told.totals.lines, { covered: 1, total: 2 })
      assert.deepEqual(decodeCoverage(Buffer.from(packed)), decodeCoverage(Buffer.from(data)))
      assert.equal(empty.value.files, 0)
      assert.match(failed.ok ? '' : failed.error, /undefined/)
    }))
})
