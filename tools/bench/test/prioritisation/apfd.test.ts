import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { apfd, apfdc } from '../../src/prioritisation/apfd.ts'

const close = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} instead of ${expected}`)

const cycle = fc
  .array(fc.record({ failed: fc.boolean(), duration: fc.nat(100) }), { minLength: 1, maxLength: 20 })
  .filter((tests) => tests.some(({ failed }) => failed))
const shuffledOf = (n: number) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n, maxLength: n })

describe('APFD', () => {
  it('is what its formula says', () => {
    close(apfd([2, 0, 1, 3], [false, true, true, false]), 1 - (1 + 3) / (4 * 2) + 1 / 8)
    close(apfdc([2, 0, 1], [true, false, true], [4, 1, 5]), (10 - 2.5 + (5 - 2)) / (2 * 10))
  })

  it('and APFDc agree where all tests take the same time, or none', () => {
    fc.assert(
      fc.property(
        cycle.chain((tests) => fc.tuple(fc.constant(tests), shuffledOf(tests.length))),
        fc.nat(9),
        ([tests, order], duration) => {
          const failed = tests.map((each) => each.failed)
          close(
            apfdc(
              order,
              failed,
              failed.map(() => duration),
            ),
            apfd(order, failed),
          )
        },
      ),
    )
  })

  it('and APFDc of an order and its reverse add up to 1, so that random orders have 0.5 on average', () => {
    fc.assert(
      fc.property(
        cycle.chain((tests) => fc.tuple(fc.constant(tests), shuffledOf(tests.length))),
        ([tests, order]) => {
          const failed = tests.map((each) => each.failed)
          const durations = tests.map((each) => each.duration)
          close(apfd(order, failed) + apfd(order.toReversed(), failed), 1)
          close(apfdc(order, failed, durations) + apfdc(order.toReversed(), failed, durations), 1)
        },
      ),
    )
  })
})
