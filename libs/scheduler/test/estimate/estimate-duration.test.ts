import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { DurationSample } from '../../src/estimate/duration-sample.ts'
import { DurationModel } from '../../src/estimate/duration-model.ts'
import { estimateDuration, type EstimateContext } from '../../src/estimate/estimate-duration.ts'
import { medianOf } from '../../src/estimate/weighted-quantile.ts'

const DAY = 24 * 3600_000
const CONTEXT: EstimateContext = {
  machine: 'here',
  now: 100 * DAY,
  cpus: 2,
  cold: () => ({ ms: 3000, basis: 'default' }),
}

const samplesOf = (...durations: number[]): DurationSample[] =>
  durations.map((durationMs, index) => ({ durationMs, at: (50 + index) * DAY, machine: 'here' }))

describe('duration estimate', () => {
  it('is the median of what it took; one freak changes nothing', () => {
    assert.equal(estimateDuration(samplesOf(100, 100, 100, 9000), CONTEXT).ms, 100)
    assert.equal(estimateDuration(samplesOf(100, 9000, 100, 100), CONTEXT).ms, 100)
  })

  it('follows a change for good within three executions', () => {
    const before = Array.from({ length: 15 }, () => 100)
    assert.equal(estimateDuration(samplesOf(...before, 400), CONTEXT).ms, 100)
    assert.equal(estimateDuration(samplesOf(...before, 400, 400, 400, 400), CONTEXT).ms, 400)
  })

  it('says how far it may be off: the less the fewer', () => {
    const one = estimateDuration(samplesOf(100), CONTEXT)
    const many = estimateDuration(samplesOf(...Array.from({ length: 19 }, () => 100)), CONTEXT)
    const wide = estimateDuration(samplesOf(50, 100, 200, 50, 100, 200, 50, 100, 200), CONTEXT)
    assert.deepEqual([one.samples, one.basis], [1, 'history'])
    assert.ok(one.highMs > many.highMs && one.lowMs < many.lowMs)
    assert.ok(wide.highMs >= 200 && wide.lowMs <= 50)
  })

  it('needs neither times nor machines nor loads, as the first lines of a memory have none', () => {
    assert.equal(estimateDuration([{ durationMs: 100 }, { durationMs: 120 }], CONTEXT).basis, 'history')
  })

  it('answers without samples what it is given, and that it may be far off', () => {
    assert.deepEqual(estimateDuration([], { ...CONTEXT, workers: 4 }), {
      ms: 3000,
      lowMs: 750,
      highMs: 12_000,
      basis: 'default',
      samples: 0,
    })
  })

  it('scales what other machines took, but only until it ran here', () => {
    const there = { durationMs: 100, cpuMs: 50, machine: 'there' }
    const ratios = new Map([['there', 3]])
    const scaled = estimateDuration([there], { ...CONTEXT, ratios })
    assert.deepEqual([scaled.ms, scaled.basis], [300, 'other-machine'])
    const known = estimateDuration([there, there, { durationMs: 500, machine: 'here' }], {
      ...CONTEXT,
      ratios,
    })
    assert.deepEqual([known.ms, known.basis, known.samples], [500, 'history', 1])
  })

  it('lies within the samples when the load stays as it is, and within its own range', () => {
    const busy = fc.double({ min: 1, max: 8, noNaN: true })
    const durations = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(durations, busy, fc.double({ min: 0, max: 1, noNaN: true }), (all, load, share) => {
        const samples = all.map((durationMs) => ({ durationMs, busy: load, cpuMs: durationMs * share }))
        const { ms, lowMs, highMs } = estimateDuration(samples, { ...CONTEXT, workers: load * CONTEXT.cpus })
        assert.ok(ms >= Math.min(...all) * (1 - 1e-9) && ms <= Math.max(...all) * (1 + 1e-9))
        assert.ok(lowMs <= ms && ms <= highMs)
      }),
    )
  })
})

describe('duration model', () => {
  const options = { machine: 'here', now: 100 * DAY, cpus: 2, workers: 2 }
  const on = (machine: string, durationMs: number): DurationSample => ({ machine, durationMs, at: 99 * DAY })

  it('learns how machines compare from the suites that ran on both', () => {
    const both = Array.from({ length: 9 }, (_, index) => ({
      samples: [on('there', 100 * (index + 1)), on('here', 200 * (index + 1))],
    }))
    const wanted = { kind: 'unit', samples: [on('there', 1000)] } as const
    const { ms, basis } = new DurationModel(both, options).estimate(wanted)
    assert.equal(basis, 'other-machine')
    assert.ok(Math.abs(ms - 2000) < 1)
    assert.equal(new DurationModel([], options).estimate(wanted).ms, 1000)
  })

  it('guesses what never ran by suites of its kind', () => {
    const known = [100, 200, 300].map((ms) => ({ kind: 'unit' as const, samples: [on('here', ms)] }))
    const model = new DurationModel(known, options)
    const guess = model.estimate({ kind: 'unit', samples: [] })
    assert.deepEqual([guess.ms, guess.basis, guess.samples], [200, 'kind', 0])
    assert.equal(model.estimate({ kind: 'e2e', samples: [] }).basis, 'default')
  })
})

const worst = (found: readonly number[]): number =>
  Math.max(...found.map((ratio) => Math.max(ratio, 1 / ratio)))

describe('estimates while 1 and 8 workers take turns on two cores', () => {
  const CPUS = 2
  /** Everybody is alike: contention makes it last as long as all of their CPU time takes on the cores, if that is longer. */
  const wall = (ms: number, share: number, workers: number): number =>
    Math.max(ms, ms * share * (workers / CPUS))

  /** Runs in turn with 1 and 8 workers; what was predicted before each over what it took. */
  function ratios(
    share: number,
    cpuKnown: boolean,
    predict: (past: DurationSample[], workers: number) => number,
  ) {
    const past: DurationSample[] = []
    const found: number[] = []
    for (let run = 0; run < 40; run++) {
      const workers = run % 2 === 0 ? 1 : 8
      const noise = 1 + 0.1 * Math.sin(run * 7.3)
      const durationMs = wall(1000 * noise, share, workers)
      if (run >= 6) found.push(predict(past, workers) / durationMs)
      const cpuMs = 1000 * noise * share
      past.push({
        durationMs,
        at: run * DAY,
        machine: 'here',
        busy: workers / CPUS,
        ...(cpuKnown && { cpuMs }),
      })
    }
    return found
  }

  it('are off by a factor with the last value or the median', () => {
    assert.ok(worst(ratios(0.9, true, (past) => past.at(-1)!.durationMs)) > 3)
    assert.ok(worst(ratios(0.9, true, (past) => medianOf(past.map((each) => each.durationMs)))) > 1.8)
  })

  for (const share of [0.3, 0.6, 0.9, 1]) {
    for (const cpuKnown of [true, false]) {
      it(`stay within 25 % at ${share} CPU share${cpuKnown ? '' : ' that nobody knows'}`, () => {
        const found = ratios(
          share,
          cpuKnown,
          (past, workers) => estimateDuration(past.slice(-20), { ...CONTEXT, now: 40 * DAY, workers }).ms,
        )
        assert.ok(worst(found) < 1.25, `${worst(found)}`)
      })
    }
  }
})
