import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { reachOf, upperTail } from '../src/distribution/student.ts'
import { hodgesLehmann } from '../src/ranks/hodges-lehmann.ts'
import { mannWhitney } from '../src/ranks/mann-whitney.ts'
import { golden } from './support/golden.ts'
import { near } from './support/near.ts'

const list = (shortest: number, longest: number) =>
  fc.array(fc.integer({ min: 1, max: 12 }), { minLength: shortest, maxLength: longest })

const stretch = (values: readonly number[]): number[] => values.map(Math.exp)

describe('ranks', () => {
  describe('Mann–Whitney', () => {
    for (const { name, base, current, test } of golden.comparisons) {
      it(`agrees with scipy: ${name}`, () => {
        const { u, p } = mannWhitney(base, current)
        assert.equal(u, test.u)
        near(p, test.p, 'p')
      })
    }

    it('says the same with the sides exchanged', () => {
      fc.assert(
        fc.property(list(2, 25), list(2, 25), (base, current) => {
          const [one, other] = [mannWhitney(base, current), mannWhitney(current, base)]
          assert.equal(one.u + other.u, base.length * current.length)
          near(one.p, other.p, 'p', 1e-6)
        }),
      )
    })

    it('depends on the order of values alone, not on their distances', () => {
      fc.assert(
        fc.property(list(2, 25), list(2, 25), (base, current) => {
          assert.deepEqual(mannWhitney(stretch(base), stretch(current)), mannWhitney(base, current))
        }),
      )
    })

    it('is less sure of samples that depend on their neighbours', () => {
      const { base = [], current = [] } =
        golden.comparisons.find(({ name }) => name.startsWith('normal 50')) ?? {}
      const [plain, dependent] = [
        mannWhitney(base, current),
        mannWhitney(base, current, { base: 4, current: 4 }),
      ]
      near(dependent.deviation, 2 * plain.deviation, 'deviation')
      assert.ok(dependent.p > 10 * plain.p)
    })
  })

  describe('Hodges–Lehmann', () => {
    for (const { name, base, current, shift95, shift99 } of golden.comparisons) {
      it(`agrees with all differences, sorted: ${name}`, () => {
        const test = mannWhitney(base, current)
        for (const [alpha, expected] of [[0.05, shift95] as const, [0.01, shift99] as const]) {
          const shift = hodgesLehmann(base, current, alpha, test)
          for (const end of ['low', 'estimate', 'high'] as const)
            near(shift[end], expected[end], `${end}, ${alpha}`)
        }
      })
    }

    it('finds the middle of all differences, however the values are spread', () => {
      const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
        minLength: 2,
        maxLength: 20,
      })
      fc.assert(
        fc.property(values, values, (base, current) => {
          const { estimate, low, high } = hodgesLehmann(base, current, 0.01, mannWhitney(base, current))
          const all = base.flatMap((x) => current.map((y) => y - x)).sort((a, b) => a - b)
          const half = (all.length - 1) / 2
          const middle = ((all[Math.floor(half)] ?? 0) + (all[Math.ceil(half)] ?? 0)) / 2
          assert.ok(
            Math.abs(estimate - middle) <= 1e-9 * (1 + Math.abs(middle)),
            `${estimate} is not ${middle}`,
          )
          assert.ok(low <= estimate && estimate <= high)
        }),
      )
    })
  })

  describe("Student's distribution", () => {
    for (const { t, freedom, upperTail: tail, reach99 } of golden.student) {
      it(`agrees with scipy: t ${t}, freedom ${freedom}`, () => {
        near(upperTail(t, freedom), tail, 'tail', 1e-7)
        near(reachOf(0.99, freedom), reach99, 'reach', 1e-7)
      })
    }
    for (const { z, upperTail: tail } of golden.normal) {
      it(`is the normal one at infinite freedom: z ${z}`, () => near(upperTail(z), tail, 'tail', 1e-6))
    }
  })
})
