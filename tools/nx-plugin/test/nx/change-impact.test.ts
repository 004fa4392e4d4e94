import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { changeImpact } from '../../src/nx/change-impact.ts'
import type { ProjectGraph } from '../../src/nx/devkit.ts'

const graph = {
  nodes: { cart: { name: 'cart', type: 'lib', data: { root: 'libs/cart' } } },
  dependencies: {},
} as ProjectGraph

const FILES = [
  'suites/cart/a.test.ts',
  'suites/cart/b.test.ts',
  'libs/cart/src/cart.ts',
  'libs/money/src/money.ts',
]
const inputs = { hash: 'h', nodes: {}, files: Object.fromEntries(FILES.map((file) => [file, 'x'])) }
const suite = { dir: 'suites/cart', covers: ['cart'] }
const impact = (...changed: string[]) => changeImpact(changed, inputs, suite, graph)

describe('change impact', () => {
  it('is nothing when nothing changed, and says how much was looked at', () => {
    assert.deepEqual(impact(), { value: 0, why: 'none of its 4 input files changed' })
  })

  it('is the greater the nearer the change is', () => {
    const [own, covered, behind] = [
      'suites/cart/a.test.ts',
      'libs/cart/src/cart.ts',
      'libs/money/src/money.ts',
    ]
    assert.ok(impact(own).value > impact(covered).value)
    assert.ok(impact(covered).value > impact(behind).value)
    assert.ok(impact(behind).value > 0)
    assert.equal(
      impact(own, behind).why,
      '2 of its 4 input files changed (1 of its own, 1 of those behind them)',
    )
  })

  it('lies between 0 and 1, and another change never makes it smaller', () =>
    fc.assert(
      fc.property(fc.subarray(FILES), fc.constantFrom(...FILES), (changed, another) => {
        const before = impact(...changed).value
        const after = impact(...new Set([...changed, another])).value
        assert.ok(before >= 0 && after <= 1 && after >= before)
      }),
    ))
})
