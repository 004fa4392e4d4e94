import assert from 'node:assert/strict'
import { targetsOf } from '../../src/baseline/targets-of.ts'
import { inScratch } from '../support.ts'

describe('the targets that are measured', () => {
  it('are those of nx.json unless others are asked for', async () => {
    const options = { benchTargetName: 'perf' }
    await inScratch({ 'nx.json': { plugins: [{ plugin: '@muster/nx', options }] } }, (root) => {
      assert.deepEqual(targetsOf(root, {}), { target: 'perf', testTarget: 'test' })
      assert.deepEqual(targetsOf(root, { target: 'own', testTarget: 'check' }), {
        target: 'own',
        testTarget: 'check',
      })
    })
    await inScratch({ 'nx.json': 'broken' }, (root) =>
      assert.deepEqual(targetsOf(root, {}), { target: 'bench', testTarget: 'test' }),
    )
  })
})
