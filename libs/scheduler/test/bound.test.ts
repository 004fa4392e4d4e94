import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { Capacity, Objective } from '@muster/model'
import { lowerBound, makePlan, rehearse, simulate, type ScheduledUnit } from '../src/index.ts'
import { permutations } from './permutations.ts'
import { machine, needs, someCapacity, someUnits, unit } from './support.ts'

const spanOf = (units: readonly ScheduledUnit[], capacity: Capacity): number =>
  simulate(units, { capacity, objective: 'makespan', failFast: false }).makespanMs

/** The shortest span of all orders that list scheduling can follow: nudges put any unit anywhere. */
function shortest(units: readonly ScheduledUnit[], capacity: Capacity): number {
  const orders = permutations(units.map((_, index) => index))
  return Math.min(
    ...orders.map((order) =>
      spanOf(
        units.map((each, index) => ({ ...each, nudge: 10 ** (3 * order[index]!) })),
        capacity,
      ),
    ),
  )
}

describe('lowerBound', () => {
  it('is the longest chain, or the work shared out', () => {
    const chain = [unit('a'), unit('b', { dependsOn: ['a'] }), unit('c')]
    assert.equal(lowerBound(chain, machine(2)), 200)
    assert.equal(lowerBound(chain, machine(1)), 300)
    assert.equal(lowerBound([], machine(1)), 0)
  })

  it('knows that a semaphore, and what takes it alone, must queue', () => {
    const units = [
      unit('a', { needs: needs({ semaphores: { ports: 1 } }) }),
      unit('b', { needs: needs({ semaphores: { ports: 1 } }) }),
      unit('c', { needs: needs({ exclusive: ['ports'] }) }),
    ]
    assert.equal(lowerBound(units, machine(9, { semaphores: { ports: 2 } })), 200)
  })

  it('knows that two who want more than half must queue', () => {
    const units = Array.from({ length: 4 }, (_, n) => unit(`u${n}`, { needs: needs({ cpus: 3 }) }))
    assert.equal(lowerBound(units, machine(5)), 400)
    const thirds = Array.from({ length: 4 }, (_, n) => unit(`u${n}`, { needs: needs({ cpus: 2 }) }))
    assert.equal(lowerBound(thirds, machine(5)), 200)
  })

  it('knows that two who have no room beside each other queue, with what comes before and after each', () => {
    const units = [
      unit('a'),
      unit('long', { dependsOn: ['a'], needs: needs({ cpus: 3 }), estimateMs: 900 }),
      unit('b', { estimateMs: 200 }),
      unit('wide', { dependsOn: ['b'], needs: needs({ cpus: 6 }), estimateMs: 500 }),
      unit('c', { dependsOn: ['wide'], estimateMs: 300 }),
    ]
    // long first: 100 + 900 + 500 + 300; wide first: 200 + 500 + 900.
    assert.equal(lowerBound(units, machine(8)), 1600)
  })

  it('adds what must come before and after the work of all', () => {
    const middle = Array.from({ length: 8 }, (_, n) => unit(`m${n}`, { dependsOn: ['first'] }))
    const last = unit('last', { dependsOn: middle.map(({ suite }) => suite) })
    assert.equal(lowerBound([unit('first'), ...middle, last], machine(4)), 400)
  })

  it('counts whole units where there are few', () => {
    const units = Array.from({ length: 3 }, (_, n) => unit(`u${n}`))
    assert.equal(lowerBound(units, machine(2)), 200)
  })

  it('is never above any schedule', () => {
    fc.assert(
      fc.property(
        someUnits(25),
        someCapacity,
        fc.constantFrom('makespan' as const, 'feedback' as const),
        (units, capacity, objective) => {
          const { makespanMs } = simulate(units, { capacity, objective, failFast: false })
          assert.ok(lowerBound(units, capacity) <= makespanMs * (1 + 1e-9))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is never above the best of all orders of a few units', () => {
    fc.assert(
      fc.property(someUnits(3), someCapacity, (some, capacity) => {
        const units = some.slice(0, 5)
        assert.ok(lowerBound(units, capacity) <= shortest(units, capacity) * (1 + 1e-9))
      }),
      { numRuns: 40 },
    )
  })
})

describe('list scheduling', () => {
  it('stays within 2 - 1/m of the bound when only workers are scarce (Graham 1969)', () => {
    fc.assert(
      fc.property(someUnits(25), fc.integer({ min: 1, max: 6 }), (units, workers) => {
        const plain = units.map((each) => ({ ...each, needs: needs() }))
        const capacity = machine(workers)
        assert.ok(spanOf(plain, capacity) <= (2 - 1 / workers) * lowerBound(plain, capacity) + 1e-6)
      }),
    )
  })
})

describe('rehearse', () => {
  it('never makes a run longer, or but a little for earlier feedback, and gives the same answer again', () => {
    fc.assert(
      fc.property(
        someUnits(15),
        someCapacity,
        fc.constantFrom('makespan' as const, 'balanced' as const),
        (units, capacity, objective) => {
          const options = { capacity, objective, failFast: false }
          const better = rehearse(units, options)
          const [before, after] = [simulate(units, options).makespanMs, simulate(better, options).makespanMs]
          assert.ok(after <= before * (objective === 'makespan' ? 1 : 1.05))
          assert.deepEqual(rehearse(units, options), better)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('balanced: takes the value that a run of the same length has to give', () => {
    const units = Array.from({ length: 16 }, (_, n) =>
      unit(`u${n}`, {
        estimateMs: 300 + 170 * ((n * 5) % 7),
        score: 1 + ((n * 7) % 10) ** 2,
        needs: needs({ cpus: 1 + (n % 2) }),
      }),
    )
    const capacity = machine(4)
    const planOf = (objective: Objective) => makePlan(units, { capacity, objective, failFast: false })
    const [balanced, makespan, feedback] = [planOf('balanced'), planOf('makespan'), planOf('feedback')]
    assert.ok(balanced.makespanMs <= 1.05 * makespan.makespanMs, 'nearly as short')
    assert.ok(balanced.makespanMs < feedback.makespanMs, 'shorter than by value alone')
    assert.ok(balanced.feedbackMs < 0.6 * makespan.feedbackMs, 'a failure shows far earlier')
  })

  it('finds the order that longest-first misses', () => {
    const units = [3, 3, 2, 2, 2].map((ms, n) => unit(`u${n}`, { estimateMs: ms * 100 }))
    const options = { capacity: machine(2), objective: 'makespan', failFast: false } as const
    assert.equal(simulate(units, options).makespanMs, 700)
    assert.equal(simulate(rehearse(units, options), options).makespanMs, 600)
  })
})
