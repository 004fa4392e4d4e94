import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { makePlan, simulate } from '../src/index.ts'
import { id, machine, someCapacity, someUnits, unit } from './support.ts'

const options = { capacity: machine(2), objective: 'makespan', failFast: false } as const

describe('simulate', () => {
  it('plays failures and durations other than the estimates', () => {
    const units = [
      unit('a', { estimateMs: 30 }),
      unit('b', { dependsOn: ['a'] }),
      unit('c', { estimateMs: 20 }),
    ]
    const {
      units: done,
      skipped,
      makespanMs,
    } = simulate(units, {
      ...options,
      actualMs: new Map([[id('c'), 70]]),
      bad: new Set([id('a')]),
    })
    assert.deepEqual(
      done.map((each) => [each.unit, each.slot, each.startMs, each.endMs]),
      [
        ['a', 0, 0, 30],
        ['c', 1, 0, 70],
      ],
    )
    assert.deepEqual(skipped, [{ unit: 'b', suite: 'b', reason: 'a did not pass' }])
    assert.equal(makespanMs, 70)
  })

  it('ends what runs when the budget is spent', () => {
    const { units, makespanMs } = simulate([unit('a')], {
      ...options,
      budgetMs: 150,
      actualMs: new Map([[id('a'), 400]]),
    })
    assert.equal(units[0]?.endMs, 150)
    assert.equal(makespanMs, 150)
  })
})

describe('makePlan', () => {
  it('says when, where, beside whom and why', () => {
    const units = [
      unit('a', { estimateMs: 30 }),
      unit('b', { estimateMs: 20 }),
      unit('c', { estimateMs: 20 }),
      unit('d', { estimateMs: 11, dependsOn: ['a'], phase: 1 }),
    ]
    const plan = makePlan(units, options)
    assert.deepEqual(
      plan.units.map(({ unit: name, slot, startMs, endMs, phase, group, cause, critical }) => ({
        row: [name, slot, startMs, endMs, phase, group, critical],
        cause: cause ? `${cause.kind} ${cause.unit}` : 'at once',
      })),
      [
        { row: ['a', 0, 0, 30, 0, 1, true], cause: 'at once' },
        { row: ['b', 1, 0, 20, 0, 1, false], cause: 'at once' },
        { row: ['c', 1, 20, 40, 0, 2, false], cause: 'room b' },
        { row: ['d', 0, 30, 41, 1, 2, true], cause: 'dependency a' },
      ],
    )
    assert.deepEqual([plan.makespanMs, plan.lowerBoundMs, plan.distance], [41, 41, 1])
    assert.equal(plan.feedbackMs, (30 + 20 + 40 + 41) / 4)
  })

  it('plans nothing', () => {
    const { units, makespanMs, distance, feedbackMs } = makePlan([], options)
    assert.deepEqual([units, makespanMs, distance, feedbackMs], [[], 0, 1, 0])
  })

  it('has groups that run together, causes that ended just then, and a critical path from the start to the end', () => {
    fc.assert(
      fc.property(someUnits(20), someCapacity, (units, capacity) => {
        const plan = makePlan(units, { capacity, objective: 'balanced', failFast: false })
        const byId = new Map(plan.units.map((each) => [each.unit, each]))
        for (const each of plan.units) {
          const group = plan.units.filter(({ group: other }) => other === each.group)
          const latest = Math.max(...group.map(({ startMs }) => startMs))
          assert.ok(each.endMs > latest, 'they overlap')
          assert.ok(group.length <= capacity.workers)
          if (each.cause) assert.equal(byId.get(each.cause.unit)?.endMs, each.startMs)
          else assert.equal(each.startMs, 0)
        }
        const critical = plan.units.filter((each) => each.critical).sort((a, b) => a.startMs - b.startMs)
        assert.equal(critical[0]?.startMs, 0)
        assert.equal(critical.at(-1)?.endMs, plan.makespanMs)
        for (const [index, each] of critical.slice(1).entries())
          assert.equal(each.startMs, critical[index]?.endMs)
        assert.ok(plan.distance >= 1 - 1e-9)
      }),
    )
  })
})
