import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { contentionOf, load, unload } from '../../src/estimate/contention.ts'
import type { DurationSample } from '../../src/estimate/duration-sample.ts'

const sample: fc.Arbitrary<DurationSample> = fc.record(
  {
    durationMs: fc.double({ min: 1, max: 1e6, noNaN: true }),
    cpuMs: fc.double({ min: 0, max: 2e6, noNaN: true }),
    busy: fc.double({ min: 0, max: 64, noNaN: true }),
  },
  { requiredKeys: ['durationMs'] },
)
const lambda = fc.constantFrom(0, 0.25, 0.5, 0.75, 1)

const felt = (actual: number) =>
  contentionOf(
    [1, 4, 1, 4].map((busy) => ({ durationMs: 1000 * (1 + actual * (busy - 1)), busy })),
    [1, 1, 1, 1],
  )

describe('contention', () => {
  it('unloads only what is CPU time', () => {
    // 600 ms of waiting and 200 ms of CPU time that took three times as long.
    assert.deepEqual(unload({ durationMs: 1200, cpuMs: 200, busy: 3 }, 1), { ms: 800, stretchMs: 200 })
    assert.equal(load({ ms: 800, stretchMs: 200 }, 3), 1200)
    // Nothing is known: all of it is.
    assert.deepEqual(unload({ durationMs: 1200, busy: 3 }, 1), { ms: 400, stretchMs: 400 })
  })

  it('never thinks one thread quicker than its CPU time', () => {
    assert.equal(unload({ durationMs: 1000, cpuMs: 900, busy: 8 }, 1).ms, 900)
  })

  it('gives a sample back where it came from, whatever it believes of the contention', () => {
    fc.assert(
      fc.property(sample, lambda, (each, belief) => {
        const back = load(unload(each, belief), each.busy ?? 1)
        assert.ok(Math.abs(back - each.durationMs) <= 1e-6 * each.durationMs)
      }),
    )
  })

  it('never says that load makes anything quicker', () => {
    fc.assert(
      fc.property(sample, lambda, fc.double({ min: 1, max: 64, noNaN: true }), (each, belief, busy) => {
        const unloaded = unload(each, belief)
        assert.ok(unloaded.ms > 0 && unloaded.ms <= each.durationMs * (1 + 1e-9))
        assert.ok(load(unloaded, busy) >= unloaded.ms)
        assert.ok(load(unloaded, busy) >= load(unloaded, busy / 2))
      }),
    )
  })

  it('learns from different loads how much a suite feels of them', () => {
    for (const actual of [0, 0.25, 0.5, 0.75, 1]) assert.equal(felt(actual), actual)
  })

  it('believes in full contention until it saw different loads', () => {
    const alike = [980, 1010, 1000].map((durationMs) => ({ durationMs, busy: 4 }))
    assert.equal(contentionOf(alike, [1, 1, 1]), 1)
  })
})
