import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { fileSizes } from '../../src/estimate/file-sizes.ts'
import { packBins } from '../../src/estimate/pack-bins.ts'
import { splitMakespan, splitSuite, type SplitInput } from '../../src/estimate/split-suite.ts'

const input = (sizes: readonly (number | undefined)[], more: Partial<SplitInput> = {}): SplitInput => {
  const overheadMs = more.overheadMs ?? 100
  const known = sizes.reduce<number>((sum, each) => sum + (each ?? 0), 0)
  return {
    files: sizes.map((estimateMs, index) => ({ file: `f${index}`, estimateMs })),
    suiteEstimateMs: known + overheadMs,
    overheadMs,
    workers: 4,
    othersWorkMs: 0,
    ...more,
  }
}

const minutes = (count: number): number[] => Array.from({ length: count }, () => 60_000)

const arbitrary: fc.Arbitrary<SplitInput> = fc.record({
  files: fc
    .array(fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }), { maxLength: 40 })
    .map((sizes) => sizes.map((estimateMs, index) => ({ file: `f${index}`, estimateMs }))),
  suiteEstimateMs: fc.integer({ min: 1, max: 1_000_000 }),
  overheadMs: fc.integer({ min: 0, max: 2000 }),
  workers: fc.integer({ min: 1, max: 64 }),
  othersWorkMs: fc.integer({ min: 0, max: 2_000_000 }),
})

describe('splitting a suite', () => {
  it('takes as many units as it needs to no longer hold up the run, and no more', () => {
    assert.equal(splitSuite(input(minutes(8))).length, 4)
    // Eight minutes beside 16 others on four workers: six each are to be done anyway.
    assert.equal(splitSuite(input(minutes(8), { othersWorkMs: 16 * 60_000 })).length, 2)
    assert.equal(splitSuite(input(minutes(8), { othersWorkMs: 60 * 60_000 })).length, 1)
    assert.equal(splitSuite(input(minutes(8), { workers: 1 })).length, 1)
    assert.equal(splitSuite(input(minutes(8), { workers: 64 })).length, 8)
  })

  it('does not cut below what a unit costs by itself', () => {
    assert.equal(splitSuite(input([50, 50, 50, 50])).length, 1)
    assert.equal(splitSuite(input([500, 500, 500, 500])).length, 4)
    assert.equal(splitSuite(input([500, 500, 500, 500], { overheadMs: 400 })).length, 2)
  })

  it('puts the longest files apart and keeps the running order', () => {
    assert.deepEqual(splitSuite(input([1000, 9000, 2000, 8000, 3000], { workers: 2 })), [
      ['f0', 'f1', 'f2'],
      ['f3', 'f4'],
    ])
  })

  it('stops where one file is all that matters', () => {
    assert.deepEqual(splitSuite(input([60_000, 1000, 1000, 1000])), [['f0'], ['f1', 'f2', 'f3']])
  })

  it('leaves a suite whole that says so, or that nothing is known of', () => {
    assert.equal(splitSuite(input(minutes(8), { shards: 1 })).length, 1)
    assert.equal(splitSuite(input(minutes(8), { whole: 'files share state', shards: 3 })).length, 1)
    const unknown = minutes(8).map(() => undefined)
    assert.equal(splitSuite(input(unknown, { suiteEstimateMs: 480_000 })).length, 1)
    const few = [60_000, ...unknown]
    assert.equal(splitSuite(input(few, { suiteEstimateMs: 480_000 })).length, 1)
  })

  it('takes a new file for a middling one', () => {
    const some = [60_000, undefined, 60_000, 60_000]
    assert.equal(splitSuite(input(some, { suiteEstimateMs: 240_100 })).length, 4)
  })

  it('makes as many units as declared: equal numbers of files without history, never more than files', () => {
    const shards = splitSuite(input([undefined, undefined, undefined, undefined, undefined], { shards: 2 }))
    assert.deepEqual(
      shards.map((files) => files.length),
      [3, 2],
    )
    assert.equal(splitSuite(input([1, 1], { shards: 5, workers: 1 })).length, 2)
    assert.deepEqual(splitSuite(input([], { shards: 5 })), [[]])
  })

  it('holds each file exactly once, in running order, in as many units as asked for', () => {
    const shards = fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined })
    fc.assert(
      fc.property(arbitrary, shards, (given, wanted) => {
        const units = splitSuite({ ...given, ...(wanted !== undefined && { shards: wanted }) })
        const order = given.files.map(({ file }) => file)
        assert.deepEqual(
          units.flat().toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
          order,
        )
        for (const files of units) {
          assert.deepEqual(
            files,
            order.filter((file) => files.includes(file)),
          )
        }
        if (order.length > 0) assert.ok(units.every((files) => files.length > 0))
        if (wanted !== undefined) assert.equal(units.length, Math.max(1, Math.min(wanted, order.length)))
      }),
    )
  })

  it('never makes the run longer by its own model, and gains more than an overhead', () => {
    fc.assert(
      fc.property(arbitrary, (given) => {
        const units = splitSuite(given)
        if (units.length === 1) return
        const { suiteEstimateMs, overheadMs, files } = given
        const sizes = fileSizes(given)!
        const times = units.map((names) =>
          files.reduce((ms, { file }, index) => ms + (names.includes(file) ? sizes[index]! : 0), overheadMs),
        )
        const gain = splitMakespan([suiteEstimateMs], given) - splitMakespan(times, given)
        assert.ok(gain > overheadMs - 1e-6, `${gain}`)
      }),
    )
  })

  it('sizes files so that they add up to the suite: what they do not account for is shared out equally', () => {
    const sizes = (suiteEstimateMs: number) =>
      fileSizes(input([100, 300, undefined, 200], { suiteEstimateMs, overheadMs: 50 }))
    assert.deepEqual(sizes(1250), [200, 400, 300, 300])
    assert.deepEqual(sizes(450), [50, 150, 100, 100])
    assert.equal(fileSizes(input([100, undefined, undefined])), undefined)
  })

  it('is the same every time', () => {
    fc.assert(
      fc.property(arbitrary, (given) => {
        assert.deepEqual(splitSuite(given), splitSuite(structuredClone(given)))
      }),
    )
  })
})

/** The best largest bin, by trying everything. */
function optimum(sizes: readonly number[], bins: readonly number[]): number {
  const [first, ...rest] = sizes
  if (first === undefined) return Math.max(...bins)
  return Math.min(
    ...bins.map((_, own) =>
      optimum(
        rest,
        bins.map((bin, at) => bin + (at === own ? first : 0)),
      ),
    ),
  )
}

describe('packing bins', () => {
  it('keeps the largest bin within 4/3 − 1/(3 · bins) of the best there is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 1, max: 3 }),
        (sizes, count) => {
          const bins = packBins(sizes, count).map((bin) => bin.reduce((sum, item) => sum + sizes[item]!, 0))
          const best = optimum(
            sizes,
            Array.from({ length: count }, () => 0),
          )
          assert.ok(Math.max(...bins) <= (4 / 3 - 1 / (3 * count)) * best + 1e-9)
        },
      ),
    )
  })
})
