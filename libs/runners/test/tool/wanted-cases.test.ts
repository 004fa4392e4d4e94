import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { CaseRef } from '@muster/model'
import { isFileCase, WantedCases } from '../../src/tool/wanted-cases.ts'

const title = fc.constantFrom('a', 'b', 'a b', '"before" hook', 'x.js')
const file = fc.constantFrom('p/x.js', 'p/y.js')
const ref: fc.Arbitrary<Required<CaseRef>> = fc.record({
  file,
  path: fc.array(title, { minLength: 1, maxLength: 3 }),
})

describe('wanted cases', () => {
  it('are all, when none are named', () => {
    fc.assert(
      fc.property(ref, ({ path, file: of }) => {
        const wanted = new WantedCases(undefined)
        assert.ok(wanted.take(path, of))
        assert.equal(wanted.missing(), undefined)
      }),
    )
  })

  it('are found by file and path, each', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(ref.filter(isPlain), { minLength: 2, maxLength: 5, selector: JSON.stringify }),
        (refs) => {
          const wanted = new WantedCases(refs)
          for (const { path, file: of } of refs.slice(1)) assert.ok(wanted.take(path, of))
          assert.match(wanted.missing() ?? '', new RegExp(`^1 of the ${refs.length} test cases`))
          assert.ok(wanted.take(refs[0]!.path, refs[0]!.file))
          assert.equal(wanted.missing(), undefined)
        },
      ),
    )
  })

  it('are no others', () => {
    fc.assert(
      fc.property(fc.array(ref.filter(isPlain), { maxLength: 5 }), ref, (refs, other) => {
        const same = refs.some(
          (each) => each.file === other.file && JSON.stringify(each.path) === JSON.stringify(other.path),
        )
        assert.equal(new WantedCases(refs).take(other.path, other.file), same)
      }),
    )
  })

  it('of a file that is not known are looked for everywhere', () => {
    assert.ok(new WantedCases([{ path: ['a'] }]).take(['a'], 'p/x.js'))
    assert.ok(new WantedCases([{ path: ['a'], file: 'p/x.js' }]).take(['a'], undefined))
  })

  it('of a hook are those of its group, of a file all in it', () => {
    const hook = new WantedCases([{ path: ['a', '"before" hook'], file: 'p/x.js' }])
    assert.ok(hook.take(['a', 'b'], 'p/x.js'))
    assert.ok(!hook.take(['b', 'b'], 'p/x.js'))
    const whole = new WantedCases([{ path: ['x.js'], file: 'p/x.js' }])
    assert.ok(whole.take(['anything'], 'p/x.js'))
    assert.ok(!whole.take(['anything'], 'p/y.js'))
  })
})

/** It stands for itself only. */
function isPlain(each: CaseRef): boolean {
  return !isFileCase(each) && each.path.at(-1) !== '"before" hook'
}
