import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { energyBound } from '../src/bound/energy-bound.ts'
import { headTailBound } from '../src/bound/head-tail-bound.ts'
import type { Load } from '../src/bound/load.ts'
import { permutations } from './permutations.ts'

const WORKERS = 2
const load = (headMs: number, ms: number, tailMs: number): Load => ({
  headMs,
  ms,
  tailMs,
  workMs: ms / WORKERS,
})

/** The best of all orders, each unit on the worker that is free first. */
function shortest(loads: readonly Load[]): number {
  return Math.min(
    ...permutations(loads).map((order) => {
      const free = Array.from({ length: WORKERS }, () => 0)
      let latest = 0
      for (const { headMs, ms, tailMs } of order) {
        const worker = free.indexOf(Math.min(...free))
        free[worker] = Math.max(free[worker]!, headMs) + ms
        latest = Math.max(latest, free[worker] + tailMs)
      }
      return latest
    }),
  )
}

describe('energyBound', () => {
  it('sees work that lies between heads and tails only in part', () => {
    const loads = [load(0, 6, 0), load(2, 2, 3), load(1, 3, 1), load(2, 3, 2)]
    assert.equal(headTailBound(loads), 7)
    assert.equal(energyBound(loads, 7), 9.5)
    assert.equal(shortest(loads), 10)
  })

  it('is never above the best order', () => {
    const some = fc.record({ headMs: fc.nat(9), ms: fc.integer({ min: 1, max: 9 }), tailMs: fc.nat(9) })
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 5 }), (rows) => {
        const loads = rows.map(({ headMs, ms, tailMs }) => load(headMs, ms, tailMs))
        const chain = Math.max(...rows.map(({ headMs, ms, tailMs }) => headMs + ms + tailMs))
        const bound = energyBound(loads, Math.max(chain, headTailBound(loads)))
        assert.ok(bound <= shortest(loads) + 1e-9)
      }),
      { numRuns: 500 },
    )
  })
})
