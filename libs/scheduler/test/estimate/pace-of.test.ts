import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { paceOf, type FinishedUnit } from '../../src/estimate/pace-of.ts'

const all = (count: number, ratio: number): FinishedUnit[] =>
  Array.from({ length: count }, (_, index) => ({
    estimateMs: 100 * (index + 1),
    actualMs: 100 * (index + 1) * ratio,
  }))

describe('pace of a run', () => {
  it('is 1 before anything is known', () => {
    assert.equal(paceOf([]), 1)
    assert.equal(paceOf([{ estimateMs: 0, actualMs: 5 }]), 1)
  })

  it('comes to what all units say, cautiously at first', () => {
    assert.ok(paceOf(all(1, 2)) < 1.25)
    assert.ok(paceOf(all(30, 2)) > 1.85)
    assert.ok(paceOf(all(30, 0.5)) < 0.54)
  })

  it('does not follow one unit that hung', () => {
    const freak = [...all(9, 1), { estimateMs: 500, actualMs: 60_000 }]
    assert.ok(Math.abs(paceOf(freak) - 1) < 1e-9)
  })

  it('forgets how the run began', () => {
    assert.ok(paceOf([...all(100, 1), ...all(30, 3)]) > 2.5)
  })

  it('lies between 1 and the most extreme unit, and within a factor of 4', () => {
    const ms = fc.double({ min: 0.1, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.record({ estimateMs: ms, actualMs: ms })), (finished) => {
        const found = finished.map(({ estimateMs, actualMs }) => actualMs / estimateMs)
        const pace = paceOf(finished)
        assert.ok(pace >= Math.max(0.25, Math.min(1, ...found)) - 1e-9)
        assert.ok(pace <= Math.min(4, Math.max(1, ...found)) + 1e-9)
      }),
    )
  })
})
