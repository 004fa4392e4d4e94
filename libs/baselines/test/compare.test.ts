import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { compare } from '../src/compare/compare.ts'
import type { CompareInput, MeasuredComparison } from '../src/compare/comparison.ts'
import { near } from './support/near.ts'
import { samples } from './support/noise.ts'

function measured(input: Partial<CompareInput> = {}): MeasuredComparison {
  const comparison = compare({ base: samples(1, 50), current: samples(2, 50), better: 'lower', ...input })
  assert.ok('p' in comparison, comparison.reason)
  return comparison
}

const inMilliseconds = (values: readonly number[]): number[] => values.map((value) => value * 1024)

const wave = (shift: number): number[] =>
  Array.from({ length: 50 }, (_, index) => 1 + 0.1 * Math.sin(index / 10 + shift))

const shuffled = (values: readonly number[]): number[] =>
  values.map((_, index) => values[(index * 17) % 50] ?? 1)

describe('compare', () => {
  it('calls the same code unchanged', () => {
    const { verdict, ratio, reason, interval } = measured()
    assert.equal(verdict, 'unchanged')
    near(ratio, 1, 'ratio', 0.03)
    assert.ok(interval.low < 1 && interval.high > 1 && interval.confidence === 0.99)
    assert.match(reason, /^[+−][\d.]+ % \([+−].* sure; p [\d.]+\): no change of 15 % or more$/)
  })

  it('calls 20 % more time a regression, and 20 % more throughput an improvement', () => {
    const current = samples(2, 50, 1.2)
    const slower = measured({ current })
    assert.equal(slower.verdict, 'regression')
    near(slower.ratio, 1.2, 'ratio', 0.03)
    assert.ok(slower.p < 1e-9 && slower.delta > 0.9)
    assert.match(slower.reason, /beyond the threshold of 15 %/)
    assert.equal(measured({ current, better: 'higher' }).verdict, 'improvement')
  })

  it('mirrors: base and current exchanged turn regression into improvement, at the inverse ratio', () => {
    const [base, current] = [samples(1, 50), samples(2, 40, 1.3)]
    const [there, back] = [measured({ base, current }), measured({ base: current, current: base })]
    assert.deepEqual([there.verdict, back.verdict], ['regression', 'improvement'])
    near(there.ratio, 1 / back.ratio, 'ratio')
    near(there.interval.low, 1 / back.interval.high, 'interval')
    near(there.p, back.p, 'p')
    near(there.delta, -back.delta, 'delta')
  })

  it('does not depend on the unit', () => {
    const [base, current] = [samples(1, 30), samples(2, 30, 1.1)]
    const [seconds, milliseconds] = [
      measured({ base, current }),
      measured({ base: inMilliseconds(base), current: inMilliseconds(current) }),
    ]
    near(seconds.ratio, milliseconds.ratio, 'ratio')
    assert.equal(seconds.p, milliseconds.p)
  })

  it('knows a change that is too small to matter from none', () => {
    const current = samples(2, 100, 1.05, 0.02)
    const comparison = measured({ base: samples(1, 100, 1, 0.02), current })
    assert.equal(comparison.verdict, 'unchanged')
    assert.ok(comparison.p < 0.001)
    assert.match(comparison.reason, /a change, but less than 15 %/)
    assert.equal(
      measured({ base: samples(1, 100, 1, 0.02), current, effectThreshold: 0.03 }).verdict,
      'regression',
    )
  })

  it('says when it is too noisy to say', () => {
    const { verdict, reason } = measured({ base: samples(1, 12, 1, 0.3), current: samples(2, 12, 1.1, 0.3) })
    assert.equal(verdict, 'too-noisy')
    assert.match(reason, /may be nothing, may be 15 % or more; 12 and 12 samples are too few/)
  })

  it('takes waves for less evidence than independent samples', () => {
    const [base, current] = [wave(0), wave(4)]
    assert.equal(measured({ base: shuffled(base), current: shuffled(current) }).verdict, 'unchanged')
    assert.equal(measured({ base, current }).verdict, 'too-noisy')
  })

  describe('with a noise floor', () => {
    const current = samples(2, 50, 1.2)

    it('does not believe what runs of the same code do as well', () => {
      const { verdict, p, reason } = measured({ current, noiseFloor: { deviation: 0.1, runs: 20 } })
      assert.equal(verdict, 'too-noisy')
      assert.match(reason, /, and 20 earlier runs differed by 10 %$/)
      assert.ok(p > 0.1)
    })

    it('believes it where runs are alike, the more of them are known', () => {
      const [few, many] = [6, 50].map((runs) => measured({ current, noiseFloor: { deviation: 0.02, runs } }))
      assert.ok(few && many)
      assert.equal(many.verdict, 'regression')
      assert.ok(few.interval.low < many.interval.low && many.interval.high < few.interval.high)
    })

    it('compares even single measurements, by how runs differ', () => {
      const noiseFloor = { deviation: 0.02, runs: 20 }
      assert.equal(measured({ base: [100], current: [125], noiseFloor }).verdict, 'regression')
      assert.equal(measured({ base: [100], current: [101], noiseFloor }).verdict, 'unchanged')
      assert.equal(
        measured({ base: [100], current: [101], noiseFloor: { deviation: 0.1, runs: 6 } }).verdict,
        'too-noisy',
      )
    })

    it('takes any change of what never changed for one', () => {
      const noiseFloor = { deviation: 0, runs: 8 }
      assert.equal(measured({ base: [512], current: [640], noiseFloor }).verdict, 'regression')
      assert.equal(measured({ base: [512], current: [512], noiseFloor }).verdict, 'unchanged')
    })
  })

  describe('given bad samples', () => {
    const good = samples(1, 20)
    const cases: readonly [what: string, input: Partial<CompareInput>, verdict: string, reason: RegExp][] = [
      [
        'none',
        { current: [] },
        'too-few-samples',
        /0 of now no change can be told .* at least 5 on both sides/,
      ],
      ['one', { current: [1.3] }, 'too-few-samples', /20 samples of the base and 1 of now/],
      [
        'four on either side',
        { base: good.slice(0, 4), current: good.slice(4, 8) },
        'too-few-samples',
        /at least 5/,
      ],
      [
        'only NaN',
        { current: [Number.NaN, Number.NaN] },
        'unusable',
        /^current: 2 of 2 samples .* NaN at index 0/,
      ],
      [
        'many zeros',
        { base: [...good, 0, 0, 0] },
        'unusable',
        /^base: 3 of 23 samples .* 0 at index 20; more than 10 %/,
      ],
      ['many negative ones', { current: [-1, ...good.slice(0, 5)] }, 'unusable', /-1 at index 0/],
    ]
    for (const [what, input, verdict, reason] of cases) {
      it(`answers ${verdict}: ${what}`, () => {
        const comparison = compare({ base: good, current: good, better: 'lower', ...input })
        assert.equal(comparison.verdict, verdict)
        assert.match(comparison.reason, reason)
      })
    }

    it('goes on without one of them, and says so', () => {
      const { current, reason } = measured({ current: [...samples(2, 30), -0.5] })
      assert.equal(current.setAside, 1)
      assert.match(
        reason,
        /set aside: 1 of 31 samples is no finite number above zero, the first of them -0.5 at index 30/,
      )
    })

    it('is not moved by a clock that jumps', () => {
      const plain = measured({ current: samples(2, 50) })
      const jumped = measured({ current: samples(2, 50).with(7, 1e9) })
      assert.equal(jumped.verdict, 'unchanged')
      near(jumped.ratio, plain.ratio, 'ratio', 0.01)
      assert.equal(jumped.current.outliers, 1)
    })

    it('calls equal samples unchanged', () => {
      const base = Array.from({ length: 20 }, () => 7)
      const { verdict, p, ratio } = measured({ base, current: base })
      assert.deepEqual({ verdict, p, ratio }, { verdict: 'unchanged', p: 1, ratio: 1 })
    })

    it('never throws, and never says anything of figures that are none', () => {
      const any = fc.array(fc.double(), { maxLength: 40 })
      fc.assert(
        fc.property(any, any, (base, current) => {
          const comparison = compare({ base, current, better: 'lower' })
          assert.ok(comparison.reason.length > 0 && !/NaN %|undefined/.test(comparison.reason))
          if ('p' in comparison) assert.ok(comparison.p >= 0 && comparison.p <= 1)
        }),
      )
    })
  })
})
