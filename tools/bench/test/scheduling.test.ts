import assert from 'node:assert/strict'
import { simulate } from '@muster/scheduler'
import { fifo, greedy, nxOrder } from '../src/scheduling/greedy.ts'
import { racesOf, runRace } from '../src/scheduling/quality.ts'
import { qualityTable } from '../src/scheduling/quality-table.ts'
import { quantile } from '../src/scheduling/quantile.ts'
import { SHAPES } from '../src/scheduling/shapes.ts'
import { capacityOf, workload } from '../src/scheduling/workload.ts'

describe('workload', () => {
  it('makes as many units as were asked for, the same for the same seed, that can all be run', () => {
    for (const shape of Object.keys(SHAPES)) {
      const units = workload(shape, 200, true, 3)
      assert.equal(units.length, 200)
      assert.deepEqual(workload(shape, 200, true, 3), units)
      assert.notDeepEqual(workload(shape, 200, true, 4), units)
      const options = { capacity: capacityOf(4), objective: 'balanced', failFast: false } as const
      assert.equal(simulate(units, options).units.length, 200)
    }
  })
})

describe('greedy', () => {
  it('runs every unit after what it depends on', () => {
    for (const order of [fifo, nxOrder]) {
      const units = workload('sparse', 300, true, 1)
      const ends = greedy(units, capacityOf(3), order)
      assert.equal(ends.size, 300)
      for (const { id, dependsOn, estimateMs } of units) {
        for (const before of units.filter(({ suite }) => dependsOn.includes(suite))) {
          assert.ok(ends.get(before.id)! <= ends.get(id)! - estimateMs)
        }
      }
    }
  })
})

describe('the scheduler, simulated', () => {
  it('stays close to the lower bound, and shows failures earlier where that is asked for', function () {
    this.timeout(60_000)
    const scores = racesOf([30, 100], [8]).flatMap((race) => [1, 2, 3].flatMap((seed) => runRace(race, seed)))
    const of = (contender: string) => scores.filter((each) => each.contender === contender)
    const distances = (contender: string) => of(contender).map(({ distance }) => distance)
    const feedback = (contender: string) =>
      quantile(
        of(contender).map((each) => each.feedback),
        0.5,
      )
    assert.ok(quantile(distances('makespan'), 0.5) <= 1.02)
    assert.ok(quantile(distances('makespan'), 0.95) <= 1.12)
    assert.ok(quantile(distances('balanced'), 0.5) <= 1.05)
    assert.ok(quantile(distances('makespan'), 0.95) < quantile(distances("nx's order"), 0.95))
    assert.ok(feedback('balanced') < feedback("nx's order"))
    assert.ok(feedback('feedback') <= feedback('balanced'))
    assert.match(qualityTable(scores), /\| \*\*all\*\* \| 1\.\d{3} \/ 1\.\d{3}, 0\.\d\d \|/)
  })
})

describe('quantile', () => {
  it('is one of the values', () => {
    assert.equal(quantile([4, 1, 3, 2], 0.5), 2)
    assert.equal(quantile([4, 1, 3, 2], 0.99), 4)
    assert.equal(Number.isNaN(quantile([], 0.5)), true)
  })
})
