import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { varianceInflation } from '../src/samples/autocorrelation.ts'
import { describe as describeSamples } from '../src/samples/describe.ts'
import { isTight } from '../src/samples/is-tight.ts'
import { thin } from '../src/samples/thin.ts'
import { golden } from './support/golden.ts'
import { near } from './support/near.ts'
import { normals, samples } from './support/noise.ts'

function described(values: readonly number[]) {
  const result = describeSamples(values)
  assert.ok(result.ok)
  return result.value
}

const autocorrelated = (rho: number, seed: number, count: number): number[] => {
  const next = normals(seed)
  let wave = next()
  return Array.from({ length: count }, () => (wave = rho * wave + Math.sqrt(1 - rho ** 2) * next()))
}

const typical = (rho: number): number =>
  Array.from({ length: 41 }, (_, seed) => varianceInflation(autocorrelated(rho, seed + 1, 400))).sort(
    (a, b) => a - b,
  )[20] ?? 0

describe('samples', () => {
  describe('described', () => {
    for (const { values, ...expected } of golden.descriptions) {
      it(`agrees with scipy and Python's statistics: ${values.length} from ${values[0]}`, () => {
        const actual = described(values)
        for (const field of ['mean', 'median', 'deviation', 'mad'] as const)
          near(actual[field], expected[field], field)
        assert.deepEqual([actual.interval.low, actual.interval.high], expected.interval)
      })
    }

    it('sets aside what no duration can be, and counts it', () => {
      const { count, setAside, median } = described([3, Number.NaN, 1, 0, -4, Number.POSITIVE_INFINITY, 2])
      assert.deepEqual({ count, setAside, median }, { count: 3, setAside: 4, median: 2 })
    })

    it('names what is unusable when nothing is left', () => {
      const result = describeSamples([Number.NaN, -1])
      assert.ok(!result.ok)
      assert.match(result.error, /2 of 2 samples are no finite number above zero.* NaN at index 0/)
      assert.deepEqual(describeSamples([]), { ok: false, error: 'there are no samples' })
    })

    it('keeps a jump of the clock as an outlier that moves no median', () => {
      const plain = samples(1, 40)
      const jumped = plain.with(20, 86_400_000)
      assert.equal(described(plain).outliers, 0)
      assert.equal(described(jumped).outliers, 1)
      assert.equal(described(jumped).count, 40)
      near(described(jumped).median, described(plain).median, 'median', 0.01)
    })

    it('is true of extreme magnitudes', () => {
      near(described([1e308, 1.5e308, 1.4e308]).mean, 1.3e308, 'mean')
      near(described([1e-300, 2e-300, 3e-300]).median, 2e-300, 'median')
    })

    it('has an interval around the median, within the range', () => {
      fc.assert(
        fc.property(
          fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 300 }),
          (values) => {
            const { min, max, median, interval } = described(values)
            const ordered = [min, interval.low, median, interval.high, max]
            assert.deepEqual(
              ordered,
              [...ordered].sort((a, b) => a - b),
            )
          },
        ),
      )
    })
  })

  describe('enough of them', () => {
    it('is never reached below six, however equal they are', () => {
      assert.equal(isTight([5, 5, 5, 5, 5], 0.5), false)
      assert.equal(isTight([5, 5, 5, 5, 5, 5], 0.001), true)
    })

    it('needs more of what is noisier, and of what depends on its neighbours', () => {
      const wave = Array.from({ length: 60 }, (_, index) => 1 + 0.03 * Math.sin(index / 8))
      assert.equal(isTight(samples(4, 60, 1, 0.02), 0.015), true)
      assert.equal(isTight(samples(4, 60, 1, 0.2), 0.015), false)
      assert.equal(isTight(wave, 0.015), false)
    })
  })

  describe('dependence between neighbours', () => {
    it('inflates by (1 + ρ) / (1 − ρ)', () => {
      assert.equal(typical(0), 1)
      near(typical(0.5), 3, 'ρ 0.5', 0.2)
      near(typical(0.8), 9, 'ρ 0.8', 0.25)
    })

    it('is not made up for few samples or equal ones', () => {
      assert.equal(varianceInflation([1, 2, 3, 4, 5, 6, 7, 8, 9]), 1)
      assert.equal(varianceInflation(Array.from({ length: 30 }, () => 4)), 1)
    })
  })

  it('are thinned evenly and in order', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index)
    const kept = thin(values, 100)
    assert.equal(kept.length, 100)
    assert.ok(kept.every((value, index) => Math.floor(value / 10) === index))
    assert.deepEqual(thin([3, 1, 2], 3), [3, 1, 2])
  })
})
