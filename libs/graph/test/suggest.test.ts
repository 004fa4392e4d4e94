import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { closest, editDistance } from '@muster/graph'

describe('editDistance', () => {
  const known: [string, string, number][] = [
    ['', '', 0],
    ['kind', 'kind', 0],
    ['knd', 'kind', 1],
    ['hihg', 'high', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ]
  for (const [a, b, distance] of known) {
    it(`is ${distance} from "${a}" to "${b}"`, () => assert.equal(editDistance(a, b), distance))
  }

  it('is symmetric, zero only for equal words, and at most the longer length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b)
        assert.equal(distance, editDistance(b, a))
        assert.equal(distance === 0, a === b)
        assert.ok(distance <= Math.max(a.length, b.length))
        assert.ok(distance >= Math.abs(a.length - b.length))
      }),
    )
  })
})

describe('closest', () => {
  it('suggests what is near, whatever its case, and nothing that is far', () => {
    assert.equal(closest('unti', ['integration', 'unit']), 'unit')
    assert.equal(closest('UNIT', ['unit']), 'unit')
    assert.equal(closest('banana', ['unit', 'chaos']), undefined)
    assert.equal(closest('x', []), undefined)
  })
})
