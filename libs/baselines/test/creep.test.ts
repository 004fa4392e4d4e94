import assert from 'node:assert/strict'
import { changePoints, creepOf, upperTail } from '@muster/baselines'
import { kendall } from '../src/changes/kendall.ts'
import { median } from '../src/samples/sorted.ts'
import { golden } from './support/golden.ts'
import { near } from './support/near.ts'
import { samples } from './support/noise.ts'

const NOISE = 0.02

/** Where each level, 0-based, is noise around what `level` says. */
const series = (length: number, seed: number, level: (index: number) => number): number[] =>
  samples(seed, length, 1, NOISE).map((each, index) => level(index) * each)

const creepIn = (values: readonly number[]) =>
  creepOf(
    values,
    changePoints(values).map(({ index }) => index),
  )

describe('creep', () => {
  it("Mann's test agrees with scipy", () => {
    for (const { series: values, p, slope } of golden.trends) {
      const { slopes, score, variance } = kendall(values)
      near(median(slopes), slope, 'slope')
      near(2 * upperTail(Math.abs(score) / Math.sqrt(variance)), p, 'p', 1e-6)
    }
  })

  it('2 % a week is found, and is about 2 % a week', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const weeks = series(12, seed, (week) => 100 * 1.02 ** week)
      const creep = creepOf(weeks, [])
      assert.ok(creep && creep.perPoint > 0.01 && creep.perPoint < 0.03, JSON.stringify(creep))
      assert.ok(creepIn(weeks) ?? changePoints(weeks).length > 0)
      const faster = weeks.map((each) => 1 / each)
      assert.ok(creepOf(faster, [])!.perPoint < -0.01)
    }
  })

  it('goes on after a step is found, with the step left out', () => {
    const values = series(60, 1, (run) => (run < 30 ? 100 : 150) * 1.01 ** run)
    const creep = creepOf(values, [30])
    assert.ok(creep && creep.perPoint > 0.008 && creep.perPoint < 0.012, JSON.stringify(creep))
  })

  it('a step is no creep, nor is steady noise, nor too little', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      assert.equal(creepIn(series(40, seed, () => 100)), undefined)
      assert.equal(creepIn(series(40, seed, (run) => (run < 20 ? 100 : 110))), undefined)
    }
    for (const few of [[], [1], [1, 2, 3], Array.from({ length: 40 }, () => 7), [0, -1, Number.NaN, 0, 0, 0]])
      assert.equal(creepOf(few, []), undefined)
  })
})
