import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { blockLength } from '../src/changes/block-length.ts'
import { changePoints } from '../src/changes/change-points.ts'
import { clipSpikes } from '../src/changes/clip-spikes.ts'
import { EnergyScan } from '../src/changes/energy-scan.ts'
import { seededRandom } from '../src/changes/seeded-random.ts'
import { shuffleBlocks } from '../src/changes/shuffle-blocks.ts'
import { golden } from './support/golden.ts'
import { near } from './support/near.ts'
import { normals } from './support/noise.ts'

function series(count: number, level: (index: number) => number, seed = 1, deviation = 0.03): number[] {
  const next = normals(seed)
  return Array.from({ length: count }, (_, index) => level(index) * (1 + deviation * next()))
}

const steady = (): number => 100

describe('change points', () => {
  for (const { series: points, minSize, at, energy } of golden.splits) {
    it(`split ${points.length} points where all pairs, one by one, are the most different`, () => {
      const order = points.map((_, index) => index).sort((a, b) => (points[a] ?? 0) - (points[b] ?? 0))
      const places = new Int32Array(points.length)
      for (const [place, index] of order.entries()) places[index] = place
      const scan = new EnergyScan(Float64Array.from(points).sort())
      // Twice: the second time shows whether the first left something behind.
      for (let time = 0; time < 2; time++) {
        const split = scan.best(places, 0, points.length, minSize)
        assert.equal(split.at, at)
        near(split.energy, energy, 'energy')
      }
    })
  }

  it('date a step, with its levels', () => {
    const [change, ...more] = changePoints(series(100, (index) => (index < 60 ? 100 : 110)))
    assert.ok(change)
    assert.equal(more.length, 0)
    assert.ok(Math.abs(change.index - 60) <= 1, `at ${change.index}`)
    near(change.before, 100, 'before', 0.02)
    near(change.after, 110, 'after', 0.02)
    near(change.magnitude ?? 0, 0.1, 'magnitude', 0.2)
    assert.equal(change.p, 0.005)
  })

  it('find a creep of 2 % a week, all in one direction', () => {
    const changes = changePoints(series(100, (index) => 100 * 1.02 ** (index / 7)))
    assert.ok(changes.length >= 2)
    for (const { magnitude = 0 } of changes) assert.ok(magnitude > 0)
  })

  it('find a burst that is short against the series, with both its ends', () => {
    const changes = changePoints(series(300, (index) => (index >= 100 && index < 120 ? 108 : 100)))
    const ends = changes.map(({ index }) => Math.round(index / 4) * 4)
    assert.deepEqual(ends, [100, 120])
  })

  it('find four steps in 1,000 points', () => {
    const levels = [100, 110, 105, 120, 110]
    const changes = changePoints(series(1000, (index) => levels[Math.floor(index / 200)] ?? 0))
    assert.deepEqual(
      changes.map(({ index }) => Math.round(index / 10) * 10),
      [200, 400, 600, 800],
    )
  }).timeout(20_000)

  it('are seldom found where nothing changed', () => {
    const found = Array.from({ length: 100 }, (_, seed) => changePoints(series(60, steady, seed + 1)))
    const wrong = found.filter((changes) => changes.length > 0).length
    assert.ok(wrong <= 4, `${wrong} of 100, with a chance of 1 % each`)
  })

  it('are no spikes, no growing noise, no weekend', () => {
    const random = seededRandom(9)
    const spiky = series(200, () => (random() < 0.05 ? 300 : 100), 2)
    const weekly = series(140, (index) => (index % 7 >= 5 ? 105 : 100), 3)
    const growing = [...series(80, steady, 4, 0.01), ...series(80, steady, 5, 0.04)]
    for (const points of [spiky, weekly, growing]) assert.deepEqual(changePoints(points), [])
  })

  it('are found among spikes', () => {
    const random = seededRandom(9)
    const changes = changePoints(
      series(200, (index) => (random() < 0.05 ? 300 : 100) * (index < 120 ? 1 : 1.05)),
    )
    assert.deepEqual(
      changes.map(({ index }) => Math.round(index / 4) * 4),
      [120],
    )
  })

  it('of constant levels need no noise; from zero there is no magnitude', () => {
    const constant = Array.from({ length: 40 }, (_, index) => (index < 20 ? 0 : 6))
    assert.deepEqual(changePoints(constant), [{ index: 20, before: 0, after: 6, p: 0.005 }])
    const [negative] = changePoints(constant.map((value) => value - 8))
    assert.equal(negative?.magnitude, 0.75)
  })

  it('are the same for the same seed', () => {
    const points = series(150, (index) => (index < 70 ? 100 : 103))
    assert.deepEqual(changePoints(points, { seed: 5 }), changePoints(points, { seed: 5 }))
  })

  it('count missing points, but do without them', () => {
    const points = series(80, (index) => (index < 40 ? 100 : 120))
      .with(3, Number.NaN)
      .with(50, Number.POSITIVE_INFINITY)
    assert.deepEqual(
      changePoints(points).map(({ index }) => index),
      [40],
    )
  })

  it('of any numbers lie within, in order, and far enough from each other', () => {
    const any = fc.array(fc.oneof(fc.double(), fc.integer({ min: 0, max: 3 })), { maxLength: 60 })
    fc.assert(
      fc.property(any, fc.integer({ min: 2, max: 8 }), (points, minSize) => {
        const indices = changePoints(points, { minSize, permutations: 99 }).map(({ index }) => index)
        const ends = [0, ...indices, points.length]
        for (const [index, end] of ends.slice(1).entries())
          assert.ok(end - (ends[index] ?? 0) >= Math.min(minSize, end))
      }),
      { numRuns: 60 },
    )
  })

  it('clip single extremes and leave steps alone', () => {
    const points = series(60, (index) => (index < 30 ? 100 : 150))
    const clipped = clipSpikes(points.with(10, 900), 5)
    assert.ok((clipped[10] ?? 0) < 120)
    near(clipped[30] ?? 0, points[30] ?? 0, 'step', 0.05)
  })

  it('shuffle waves in blocks, white noise singly', () => {
    const next = normals(3)
    let wave = 0
    const waves = Array.from({ length: 300 }, () => (wave = 0.8 * wave + 0.6 * next()))
    assert.equal(blockLength(series(300, (index) => (index < 150 ? 100 : 130))), 1)
    assert.ok(blockLength(waves) >= 4)
  })

  it('shuffle without losing any', () => {
    const from = Int32Array.from({ length: 23 }, (_, index) => index)
    const to = new Int32Array(23)
    for (const block of [1, 4, 30]) {
      shuffleBlocks(from, to, block, seededRandom(block))
      assert.deepEqual(to.toSorted(), from)
    }
  })
})
