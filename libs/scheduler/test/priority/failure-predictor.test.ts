import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  beginRun,
  expectedDurations,
  learnAll,
  learnCycle,
  predictFailures,
  worthAgainstTime,
} from '../../src/priority/failure-predictor.ts'
import type { VerdictCycle } from '../../src/priority/verdict-cycle.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const cycleOf = (...failed: string[]): VerdictCycle =>
  NAMES.map((test) => ({ test, failed: failed.includes(test), durationMs: 10 }))
const repeat = (times: number, ...cycles: VerdictCycle[]): VerdictCycle[] =>
  Array.from({ length: times }, () => cycles).flat()

const ranked = (memory: ReturnType<typeof learnAll>, names = NAMES): string[] => {
  const likelihoods = predictFailures(memory, names)
  return names
    .map((_, i) => i)
    .sort((a, b) => likelihoods[b]! - likelihoods[a]!)
    .map((i) => names[i]!)
}

/** Without its numbers, which grow with the history. */
const size = (memory: ReturnType<typeof learnAll>): number =>
  JSON.stringify([...memory.tests, ...memory.coFailures.failed]).replace(/[\d.e-]+/g, '0').length

const history = fc.array(
  fc.array(fc.record({ test: fc.constantFrom(...NAMES), failed: fc.boolean(), durationMs: fc.nat(1000) }), {
    maxLength: 12,
  }),
  { maxLength: 12 },
)

describe('failure prediction', () => {
  it('puts first what failed last', () => {
    assert.equal(ranked(learnAll([...repeat(5, cycleOf()), cycleOf('e')]))[0], 'e')
  })

  it('puts new tests before tests that always pass, but not before one that always fails', () => {
    const memory = learnAll(repeat(10, cycleOf('h')))
    assert.deepEqual(ranked(memory, [...NAMES, 'new']).slice(0, 2), ['h', 'new'])
  })

  it('learns what alternates, which the last verdict alone gets wrong', () => {
    const memory = learnAll(repeat(20, cycleOf('b'), cycleOf('d')))
    assert.equal(ranked(memory)[0], 'b', 'd failed last')
    learnCycle(memory, cycleOf('b'))
    assert.equal(ranked(memory)[0], 'd')
  })

  it('moves up what fails together with what has just failed, and down what would have failed with what passed', () => {
    const memory = learnAll(repeat(8, cycleOf('a', 'c'), cycleOf(), cycleOf('e', 'g'), cycleOf()))
    const likelihoods = predictFailures(memory, NAMES)
    const byName = new Map(NAMES.map((name, i) => [name, likelihoods[i]!]))
    const after = (failed: boolean): ReadonlyMap<string, number> =>
      beginRun(memory, byName).observe({ test: 'a', failed })
    assert.ok(after(true).get('c')! > byName.get('c')!)
    assert.ok(after(false).get('c')! < byName.get('c')!)
    assert.equal(after(true).has('e'), false, 'never failed with a')
  })

  it('weighs likelihood against time', () => {
    const memory = learnAll([
      [
        { test: 'quick', failed: false, durationMs: 10 },
        { test: 'slow', failed: false, durationMs: 1000 },
      ],
    ])
    const durations = expectedDurations(memory, ['quick', 'slow', 'new'])
    assert.deepEqual(durations, [10, 1000, 505])
    const worth = worthAgainstTime(memory, durations)
    assert.ok(worth(0.5, 10) > worth(0.5, 1000))
    assert.ok(worth(0.5, 10) > worth(0.1, 10))
    assert.ok(worth(0.1, 1000, 0.9) > worth(0.1, 1000))
  })

  it('answers with a likelihood for each name, whatever the history', () => {
    fc.assert(
      fc.property(history, (cycles) => {
        const likelihoods = predictFailures(learnAll(cycles), [...NAMES, 'new', 'a'])
        assert.equal(likelihoods.length, NAMES.length + 2)
        for (const each of likelihoods) assert.ok(each > 0 && each < 1)
      }),
    )
  })

  it('is its history: the same one, at once or a cycle at a time, also after a copy, predicts the same', () => {
    fc.assert(
      fc.property(history, history, (before, later) => {
        const whole = learnAll([...before, ...later])
        const copy = structuredClone(learnAll(before))
        for (const cycle of later) learnCycle(copy, cycle)
        assert.deepEqual(copy, whole)
        assert.deepEqual(predictFailures(copy, NAMES), predictFailures(whole, NAMES))
      }),
      { numRuns: 40 },
    )
  })

  it('keeps a constant amount for each test, and nothing for each cycle', () => {
    const cycles = [cycleOf('a', 'b'), cycleOf(), cycleOf('c')]
    assert.equal(size(learnAll(repeat(40, ...cycles))), size(learnAll(repeat(80, ...cycles))))
  })

  it('does not take a mass failure for a relation between tests', () => {
    const names = Array.from({ length: 60 }, (_, i) => `t${i}`)
    const memory = learnAll(
      repeat(
        5,
        names.map((test) => ({ test, failed: true })),
      ),
    )
    assert.equal(memory.coFailures.together.size, 0)
  })
})
