import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { compactMemory, estimateMs, openMemory } from '../src/evidence/suite-memory.ts'
import { inScratch } from './support.ts'

const log = (root: string): string => path.join(root, '.muster/memory.ndjson')

describe('suite memory', () => {
  it('brings back what was learned, and the median of the last durations', () =>
    inScratch((root) => {
      const memory = openMemory(root)
      for (const durationMs of [10, 500, 30]) memory.remember({ suite: 'a', durationMs })
      memory.remember({ suite: 'a', hash: 'h', tests: 7 })
      memory.remember({ suite: 'b', needsProcess: 'chdir' })
      for (const each of [memory, openMemory(root)]) {
        assert.equal(estimateMs(each.of('a')), 30)
        assert.equal(each.of('a').testsByHash.get('h'), 7)
        assert.equal(each.of('b').needsProcess, 'chdir')
        assert.equal(estimateMs(each.of('unheard of')), undefined)
      }
    }))

  it('passes over damage', () =>
    inScratch((root) => {
      mkdirSync(path.dirname(log(root)))
      writeFileSync(log(root), 'rubbish\nnull\n{"suite":"a","durationMs":5}\n{"suite":"a","dur')
      assert.deepEqual(openMemory(root).of('a').durationsMs, [5])
    }))

  it('keeps what matters when it is compacted: the pin and the last durations', () =>
    inScratch((root) => {
      const memory = openMemory(root)
      memory.remember({ suite: 'a', needsProcess: 'umask' })
      appendFileSync(log(root), `${JSON.stringify({ suite: 'a', durationMs: 9 })}\n`.repeat(200))
      const before = openMemory(root).of('a')
      compactMemory(root)
      assert.deepEqual(openMemory(root).of('a'), before)
      assert.ok(readFileSync(log(root), 'utf8').split('\n').length < 60)
    }))

  it('costs nothing but speed when the disk refuses', () =>
    inScratch((root) => {
      writeFileSync(path.join(root, '.muster'), 'in the way')
      const memory = openMemory(root)
      memory.remember({ suite: 'a', durationMs: 4 })
      assert.equal(estimateMs(memory.of('a')), 4)
      assert.equal(estimateMs(openMemory(root).of('a')), undefined)
    }))
})
