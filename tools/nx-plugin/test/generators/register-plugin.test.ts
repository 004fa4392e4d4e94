import assert from 'node:assert/strict'
import { registerPlugin, type Registration } from '../../src/generators/init/register-plugin.ts'
import type { Tree } from '../../src/nx/devkit.ts'

/** nx.json after it, with these plugins before. */
function plugins(before: unknown, runners: readonly string[], more: Partial<Registration> = {}): unknown {
  let text = JSON.stringify({ plugins: before })
  const tree: Pick<Tree, 'exists' | 'read' | 'write'> = {
    exists: (path) => path === 'nx.json',
    read: () => text as string & Buffer,
    write: (_path, content) => {
      text = String(content)
    },
  }
  registerPlugin(tree as Tree, { targetName: 'test', runners, coverage: false, ...more })
  return (JSON.parse(text) as { plugins: unknown }).plugins
}

const OURS = { plugin: '@muster/nx', options: { infer: ['jest'], workers: 2 } }

describe('registerPlugin', () => {
  it('adds what is missing behind all others', () => {
    assert.deepEqual(plugins(undefined, []), [{ plugin: '@muster/nx', options: {} }])
    assert.deepEqual(plugins(['a'], ['go'], { targetName: 'check' }), [
      'a',
      { plugin: '@muster/nx', options: { targetName: 'check', infer: ['go'] } },
    ])
  })

  it('keeps an entry that is right, and has one that infers behind all others', () => {
    assert.deepEqual(plugins(['@muster/nx', 'a'], []), ['@muster/nx', 'a'])
    assert.deepEqual(plugins(['a', OURS], ['jest']), ['a', OURS])
    assert.deepEqual(plugins([OURS, 'a'], []), ['a', OURS])
    const both = { ...OURS, options: { infer: ['jest', 'go'], workers: 2 } }
    assert.deepEqual(plugins([OURS, 'a'], ['go', 'jest']), ['a', both])
    assert.deepEqual(plugins([OURS], ['go']), [both])
  })

  it('has adopted suites collect coverage when it is told to, beside the thresholds that are there', () => {
    const coverage = { thresholds: { lines: 80 } }
    const before = { ...OURS, options: { ...OURS.options, coverage } }
    const after = { ...OURS, options: { ...OURS.options, coverage: { ...coverage, adopted: true } } }
    assert.deepEqual(plugins([before], ['jest'], { coverage: true }), [after])
    assert.deepEqual(plugins([after], ['jest']), [after])
  })
})
