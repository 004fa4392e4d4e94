import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { UnitId } from '@muster/model'
import { simulate, type ScheduledUnit } from '../src/index.ts'

const unit = (name: string, estimateMs: number, dependsOn: string[] = []): ScheduledUnit => ({
  id: name as UnitId,
  dependsOn: dependsOn as UnitId[],
  priority: 'medium',
  estimateMs,
})

describe('simulate', () => {
  it('tells when each unit starts, where, and how good that is', () => {
    const units = [unit('a', 30), unit('b', 20), unit('c', 20), unit('d', 10, ['a'])]
    const { makespanMs, lowerBoundMs, units: done } = simulate(units, 2, 1)
    assert.equal(makespanMs, 40)
    assert.equal(lowerBoundMs, 40)
    assert.deepEqual(
      done.map(({ unit: id, startMs, endMs }) => [id, startMs, endMs]),
      [
        ['a', 0, 30],
        ['b', 0, 20],
        ['c', 20, 40],
        ['d', 30, 40],
      ],
    )
  })

  it('never beats its lower bound, nor doubles it (Graham), and never overlaps on a slot', () => {
    const graph = fc.array(fc.record({ ms: fc.integer({ min: 1, max: 500 }), edge: fc.nat() }), {
      minLength: 1,
      maxLength: 40,
    })
    fc.assert(
      fc.property(graph, fc.integer({ min: 1, max: 6 }), (rows, workers) => {
        const units = rows.map(({ ms, edge }, n) =>
          unit(`u${n}`, ms, n > 0 && edge % 3 === 0 ? [`u${edge % n}`] : []),
        )
        const { makespanMs, lowerBoundMs, units: done } = simulate(units, workers, 1)
        assert.equal(done.length, units.length)
        assert.ok(makespanMs >= lowerBoundMs - 1e-6)
        assert.ok(makespanMs <= 2 * lowerBoundMs + 1e-6)
        for (const one of done) {
          for (const other of done) {
            if (one === other || one.slot !== other.slot) continue
            assert.ok(one.endMs <= other.startMs || other.endMs <= one.startMs)
          }
        }
      }),
    )
  })
})
