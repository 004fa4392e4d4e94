import assert from 'node:assert/strict'
import { Scheduler, simulate, type ScheduledUnit } from '../src/index.ts'
import type { Objective } from '@muster/model'
import { id, machine, needs, started, suite, unit } from './support.ts'

/** Order of starts on one worker. */
function orderOf(objective: Objective, units: readonly ScheduledUnit[]): string[] {
  return simulate(units, { capacity: machine(1), objective, failFast: false }).units.map((each) => each.unit)
}

const spanOf = (units: readonly ScheduledUnit[]): number =>
  simulate(units, { capacity: machine(4), objective: 'makespan', failFast: false }).makespanMs

describe('the order of ready units', () => {
  it('makespan: the longest path first, with the work behind it that has to share the machine', () => {
    const units = [
      unit('alone', { estimateMs: 340 }),
      unit('head', { estimateMs: 10 }),
      unit('tail', { estimateMs: 350, dependsOn: ['head'] }),
      unit('fork', { estimateMs: 20 }),
      ...Array.from({ length: 4 }, (_, n) => unit(`t${n}`, { estimateMs: 100, dependsOn: ['fork'] })),
    ]
    // On one worker the four behind the fork take 400, though each is short.
    assert.deepEqual(orderOf('makespan', units).slice(0, 3), ['fork', 'head', 'tail'])
  })

  it('feedback: score for the time it takes, and a unit counts with what it lets start', () => {
    const units = [
      unit('plain', { score: 20 }),
      unit('quick', { score: 20, estimateMs: 50 }),
      unit('gate', { score: 0, estimateMs: 10 }),
      unit('hot', { score: 90, dependsOn: ['gate'] }),
    ]
    assert.deepEqual(orderOf('feedback', units), ['gate', 'hot', 'quick', 'plain'])
  })

  it('balanced: by value, unless the end of the run would wait for it', () => {
    const units = [
      ...Array.from({ length: 20 }, (_, n) => unit(`v${n}`, { score: 9 })),
      unit('long', { score: 1, estimateMs: 350 }),
      unit('dull', { score: 1 }),
    ]
    const { units: planned, makespanMs } = simulate(units, {
      capacity: machine(2),
      objective: 'balanced',
      failFast: false,
    })
    const startOf = (name: string) => planned.find((each) => each.unit === name)!.startMs
    assert.ok(startOf('long') > 0 && startOf('long') < startOf('dull'))
    assert.ok(makespanMs <= 1300)
  })

  it('balanced: on one worker length never matters, and two workers are no reason for haste', () => {
    const units = [
      unit('long', { score: 1, estimateMs: 900 }),
      ...Array.from({ length: 8 }, (_, n) => unit(`v${n}`, { score: 9 })),
    ]
    assert.equal(orderOf('balanced', units).at(-1), 'long')
    const { units: planned } = simulate(units, {
      capacity: machine(2),
      objective: 'balanced',
      failFast: false,
    })
    assert.equal(planned.find((each) => each.unit === 'long')!.startMs, 0, 'half of all work')
    const more = [...units, ...Array.from({ length: 10 }, (_, n) => unit(`w${n}`, { score: 9 }))]
    const { units: later } = simulate(more, { capacity: machine(2), objective: 'balanced', failFast: false })
    assert.ok(later.find((each) => each.unit === 'long')!.startMs > 0, 'a third of it')
  })

  it('settles ties by priority, then by name', () => {
    const units = [unit('b'), unit('a'), unit('z', { priority: 'critical' })]
    for (const objective of ['feedback', 'makespan', 'balanced'] as const) {
      assert.deepEqual(orderOf(objective, units), ['z', 'a', 'b'])
    }
  })

  it('changes when scores or estimates do', () => {
    const it = new Scheduler({ capacity: machine(1), objective: 'feedback', failFast: false })
    it.add([unit('a', { score: 9 }), unit('b', { score: 5 }), unit('c', { score: 4 })], 0)
    it.rescore(new Map([[id('c'), 50]]), 1)
    assert.deepEqual(started(it.finished(id('a'), 'good', 2)), ['c'])
    it.add([unit('d', { score: 4 })], 3)
    it.reestimate(new Map([[id('d'), 1]]), 3)
    assert.deepEqual(started(it.finished(id('c'), 'good', 4)), ['d'])
  })

  it('runs the units of a suite side by side, and one after the other where they need the same', () => {
    assert.equal(spanOf([1, 2, 3, 4].map((n) => unit(`s${n}`, { suite: suite('s') }))), 100)
    const alone = needs({ exclusive: ['db'] })
    assert.equal(spanOf([1, 2, 3, 4].map((n) => unit(`s${n}`, { suite: suite('s'), needs: alone }))), 400)
  })
})
