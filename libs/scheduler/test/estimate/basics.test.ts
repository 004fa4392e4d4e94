import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { coldStart } from '../../src/estimate/cold-start.ts'
import { estimateFiles } from '../../src/estimate/estimate-files.ts'
import { learnedNeeds } from '../../src/estimate/learned-needs.ts'
import { medianOf, weightedMedian, weightedQuantile } from '../../src/estimate/weighted-quantile.ts'

describe('weighted quantile', () => {
  const items = fc.array(fc.record({ value: fc.integer(), weight: fc.integer({ min: 1, max: 9 }) }), {
    minLength: 1,
    maxLength: 30,
  })

  it('is what writing each item down as often as it weighs gives', () => {
    fc.assert(
      fc.property(items, (weighted) => {
        const all = weighted
          .flatMap(({ value, weight }) => Array.from({ length: weight }, () => value))
          .sort((a, b) => a - b)
        const [low, high] = [all[(all.length - 1) >> 1]!, all[all.length >> 1]!]
        assert.equal(weightedMedian(weighted), (low + high) / 2)
        assert.ok(Object.is(medianOf(all), weightedMedian(weighted)))
      }),
    )
  })

  it('grows with its share and stays within the values', () => {
    fc.assert(
      fc.property(items, (weighted) => {
        const quantiles = [0, 0.1, 0.5, 0.9, 1].map((q) => weightedQuantile(weighted, q))
        assert.deepEqual(
          quantiles,
          quantiles.toSorted((a, b) => a - b),
        )
        assert.ok(quantiles.at(-1)! <= Math.max(...weighted.map(({ value }) => value)))
      }),
    )
  })
})

describe('cold start', () => {
  const peers = [
    { kind: 'unit', ms: 100 },
    { kind: 'unit', ms: 300 },
    { kind: 'e2e', ms: 9000 },
    { kind: 'unit', ms: 200 },
  ] as const

  it('asks suites of the kind, then all suites, then the table', () => {
    assert.deepEqual(coldStart('unit', undefined, peers), { ms: 200, basis: 'kind' })
    assert.deepEqual(coldStart('load', undefined, peers), { ms: 250, basis: 'default' })
    assert.deepEqual(coldStart('e2e', undefined, []), { ms: 60_000, basis: 'default' })
  })

  it('takes more files for more time, less than in proportion', () => {
    assert.equal(coldStart('unit', 8, [{ kind: 'unit', ms: 100, files: 2 }]).ms, 200)
    assert.ok(coldStart('unit', 20, []).ms > coldStart('unit', 1, []).ms)
  })
})

const measured = (peakBytes: number[], averageCpus: number[]) => ({ peakBytes, averageCpus })
const cpus = (...averages: number[]) => learnedNeeds(measured([], averages), {}).cpus

describe('learned needs', () => {
  it('says what is declared, whatever was measured', () => {
    const declared = { cpus: 3, memoryBytes: 5, semaphores: { db: 1 }, exclusive: ['port'] }
    assert.deepEqual(learnedNeeds(measured([1e9], [8]), declared), declared)
    assert.equal(learnedNeeds(measured([1e9], []), { cpus: 0.5 }).cpus, 0.5)
  })

  it('takes the highest of the last peaks with a quarter more, and forgets', () => {
    assert.equal(learnedNeeds(measured([100, 400, 200], []), {}).memoryBytes, 500)
    const long = [9999, ...Array.from({ length: 10 }, () => 100)]
    assert.equal(learnedNeeds(measured(long, []), {}).memoryBytes, 125)
  })

  it('knows nothing of what never ran: one core and no memory', () => {
    assert.deepEqual(learnedNeeds(measured([], []), {}), {
      cpus: 1,
      memoryBytes: 0,
      semaphores: {},
      exclusive: [],
    })
  })

  it('takes more than one core only for what clearly keeps more busy', () => {
    assert.equal(cpus(0.2), 1)
    assert.equal(cpus(1.2, 1.4, 1.3), 1)
    assert.equal(cpus(1.8, 1.9, 2.1), 2)
    assert.equal(cpus(4.2, 3.9), 4)
  })
})

describe('estimates of files', () => {
  it('are the median of what each took, in the given order, newer counting more', () => {
    const samples = new Map([
      ['a', [10, 10, 10, 10, 50, 50, 50, 50]],
      ['b', [5, 900, 5]],
      ['gone', [1]],
    ])
    assert.deepEqual(estimateFiles(['new', 'b', 'a'], samples), [
      { file: 'new', estimateMs: undefined },
      { file: 'b', estimateMs: 5 },
      { file: 'a', estimateMs: 50 },
    ])
  })
})
