import assert from 'node:assert/strict'
import { giantFiles } from '../../src/giant/giant-files.ts'

describe('giantFiles', () => {
  it('has one spec a file, and the suite leaves its mark once', () => {
    const specs = Object.entries(giantFiles(20)).filter(([path]) => path.endsWith('.test.js'))
    assert.equal(specs.length, 20)
    assert.equal(specs.filter(([, text]) => text.includes('BENCH_TRACE')).length, 1)
  })
})
