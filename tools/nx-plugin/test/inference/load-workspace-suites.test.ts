import assert from 'node:assert/strict'
import { loadWorkspaceSuites } from '../../src/inference/load-workspace-suites.ts'
import { ScratchWorkspace } from '../scratch-workspace.ts'

describe('loadWorkspaceSuites', () => {
  let workspace: ScratchWorkspace
  afterEach(() => workspace.dispose())

  const names = async (plugins: unknown): Promise<string[]> => {
    workspace = new ScratchWorkspace({
      'nx.json': typeof plugins === 'string' ? plugins : { plugins },
      'libs/a/package.json': { name: 'a' },
      'libs/a/vitest.config.ts': '',
      'suites/b/suite.json': { name: 'b', kind: 'integration', dependsOn: [{ kind: 'unit' }] },
    })
    const { graph, diagnostics } = await loadWorkspaceSuites(workspace.root)
    assert.deepEqual(diagnostics, [])
    return graph.suites.map(({ id }) => `${id} after ${graph.dependenciesOf(id).join()}`)
  }

  it('has suites that are inferred, and connects them with those that are declared', async () => {
    const infer = { plugin: '@muster/nx', options: { infer: ['vitest'] } }
    assert.deepEqual((await names([infer])).toSorted(), ['a after ', 'b after a'])
  })

  it('has only those that are declared where nothing is asked for, or nx.json is broken', async () => {
    assert.deepEqual(await names(['@muster/nx']), ['b after '])
    workspace.dispose()
    assert.deepEqual(await names('{'), ['b after '])
  })
})
