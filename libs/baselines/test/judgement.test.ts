import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { compare } from '../src/compare/compare.ts'
import { confirm } from '../src/compare/confirm.ts'
import { adjust, correct } from '../src/compare/correct.ts'
import { noiseFloor } from '../src/noise/noise-floor.ts'
import { golden } from './support/golden.ts'
import { near } from './support/near.ts'
import { samples } from './support/noise.ts'

const base = samples(1, 50)
const against = (current: readonly number[], effectThreshold = 0.15) =>
  compare({ base, current, better: 'lower', effectThreshold })

describe('many comparisons', () => {
  for (const { ps, ...expected } of golden.corrections) {
    it(`are adjusted as scipy and the papers do: ${ps.length}`, () => {
      for (const method of ['benjamini-hochberg', 'holm'] as const) {
        for (const [index, p] of adjust(ps, method).entries()) near(p, expected[method][index] ?? -1, method)
      }
    })
  }

  it('are never more significant together, and Holm is the stricter one', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (ps) => {
        const [false_, holm] = [adjust(ps, 'benjamini-hochberg'), adjust(ps, 'holm')]
        for (const [index, p] of ps.entries()) {
          const [one = -1, other = -1] = [false_[index], holm[index]]
          assert.ok(p <= one + 1e-12 && one <= other + 1e-12 && other <= 1)
        }
      }),
    )
  })

  it('take back what comes by chance among so many, and nothing else', () => {
    const weak = against(samples(6, 50, 1.035), 0.02)
    const strong = against(samples(3, 50, 1.3), 0.02)
    const few = against([1])
    assert.deepEqual(
      [weak.verdict, strong.verdict, few.verdict],
      ['regression', 'regression', 'too-few-samples'],
    )
    const quiet = Array.from({ length: 40 }, (_, index) => against(samples(100 + index, 50), 0.3))
    const [first, second, third, ...rest] = correct([weak, strong, few, ...quiet])
    assert.equal(first?.verdict, 'too-noisy')
    assert.match(
      first?.reason ?? '',
      /but among 42 comparisons such a difference comes by chance \(corrected p 0\.\d+\)/,
    )
    assert.deepEqual([second, third, ...rest], [strong, few, ...quiet])
    assert.deepEqual(correct([weak]), [weak])
  })
})

describe('a rerun', () => {
  const suspect = against(samples(2, 50, 1.25))

  it('confirms, with its own figures', () => {
    const rerun = against(samples(3, 50, 1.2))
    const confirmed = confirm(suspect, rerun)
    assert.ok('p' in confirmed && 'p' in rerun)
    assert.equal(confirmed.verdict, 'regression')
    assert.equal(confirmed.ratio, rerun.ratio)
    assert.match(confirmed.reason, /confirmed by this rerun, it was \+2\d/)
  })

  it('takes a chance finding back', () => {
    const { verdict, reason } = confirm(suspect, against(samples(3, 50)))
    assert.equal(verdict, 'unchanged')
    assert.match(reason, /^not confirmed: it was \+2\d.* %, in the rerun [+−]/)
  })

  it('that contradicts leaves nothing said', () => {
    assert.equal(confirm(suspect, against(samples(3, 50, 0.7))).verdict, 'too-noisy')
    const broken = confirm(suspect, against([Number.NaN]))
    assert.equal(broken.verdict, 'too-noisy')
    assert.match(broken.reason, /the rerun can't be compared: current: 1 of 1 samples/)
  })

  it('is not needed for anything but a regression', () => {
    const faster = against(samples(2, 50, 0.7))
    assert.equal(confirm(faster, suspect), faster)
  })
})

describe('the noise floor', () => {
  it('is how much runs deviate, whatever steps and creeps are among them', () => {
    const runs = samples(5, 200, 1, 0.02)
    near(noiseFloor(runs)?.deviation ?? 0, 0.02, 'steady', 0.15)
    near(
      noiseFloor(runs.map((run, index) => run * (index < 100 ? 1 : 2)))?.deviation ?? 0,
      0.02,
      'step',
      0.15,
    )
    near(noiseFloor(runs.map((run, index) => run * 1.002 ** index))?.deviation ?? 0, 0.02, 'creep', 0.2)
  })

  it('is unknown of fewer than six runs, and skips unusable ones', () => {
    assert.equal(noiseFloor([1, 1.1, 0.9, 1, 1]), undefined)
    assert.equal(noiseFloor([1, 1.1, Number.NaN, 0.9, 1, 1, 0]), undefined)
    assert.equal(noiseFloor([1, 1.1, Number.NaN, 0.9, 1, 1, 1])?.runs, 6)
  })

  it('is zero of what never changes', () => {
    assert.deepEqual(noiseFloor([7, 7, 7, 7, 7, 7]), { deviation: 0, runs: 6 })
  })
})
