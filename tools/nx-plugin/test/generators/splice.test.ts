import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { setInJson } from '../../src/generators/json-edit.ts'
import { spliceOf, undoSplice } from '../../src/generators/splice.ts'

const text = fc
  .array(fc.constantFrom('a', 'b', '\n', '{', '  x', '\r\n'), { maxLength: 30 })
  .map((parts) => parts.join(''))

describe('splices', () => {
  it('lead back to the text before, whatever the texts', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const splice = spliceOf(before, after)
        if (splice) assert.equal(undoSplice(after, splice), before)
        else assert.equal(before, after)
      }),
      { numRuns: 1000 },
    )
  })

  it('lead back, too, when the file was edited elsewhere, and give up when it was edited there', () => {
    const before = '{\n  // kept\n  "a": 1,\n  "b": [1, 2]\n}\n'
    const after = setInJson(before, ['plugins'], ['@muster/nx'])
    assert.equal(after, '{\n  // kept\n  "a": 1,\n  "b": [1, 2],\n  "plugins": [\n    "@muster/nx"\n  ]\n}\n')
    const splice = spliceOf(before, after)
    assert.ok(splice)
    const edited = after.replace('// kept', '// kept, with more words')
    assert.equal(undoSplice(edited, splice), before.replace('// kept', '// kept, with more words'))
    assert.equal(undoSplice(after.replace('@muster/nx', 'other'), splice), undefined)
    assert.equal(undoSplice(`${after.slice(1)}${after}`, splice), undefined, 'twice')
  })
})
