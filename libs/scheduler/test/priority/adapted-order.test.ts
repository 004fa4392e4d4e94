import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { adaptedOrder } from '../../src/priority/adapted-order.ts'
import { learnCoFailures, noCoFailures, type CoFailures } from '../../src/priority/co-failure.ts'
import { InRunOdds } from '../../src/priority/in-run-odds.ts'
import { nameNeighbours } from '../../src/priority/name-neighbours.ts'
import { meanStanding, standings } from '../../src/priority/ranking.ts'

const BOLD = { belief: 1, doubt: 1 }
const candidatesOf = (likelihoods: Readonly<Record<string, number>>) =>
  Object.entries(likelihoods).map(([test, likelihood]) => ({ test, likelihood }))

/** Groups of tests that fail together, one group a cycle. */
function groupsMemory(...groups: string[][]): CoFailures {
  const memory = noCoFailures()
  for (let i = 0; i < 6; i++) for (const group of groups) learnCoFailures(memory, groups.flat(), group)
  return memory
}

function order(
  likelihoods: Readonly<Record<string, number>>,
  failing: readonly string[],
  memory: CoFailures,
): string[] {
  const candidates = candidatesOf(likelihoods)
  const odds = new InRunOdds(new Map(Object.entries(likelihoods)), memory, BOLD)
  return adaptedOrder(candidates, (i) => failing.includes(candidates[i]!.test), odds).map(
    (i) => candidates[i]!.test,
  )
}

describe('the adapted order', () => {
  it('goes by likelihood as long as nothing is known to fail together', () => {
    assert.deepEqual(order({ a: 0.1, b: 0.3, c: 0.2 }, ['b'], noCoFailures()), ['b', 'c', 'a'])
  })

  it('goes on with the group of what failed, and leaves that of what passed', () => {
    const memory = groupsMemory(['a', 'x', 'y'], ['b', 'u', 'v'])
    const likelihoods = { a: 0.06, b: 0.05, u: 0.04, v: 0.04, x: 0.03, y: 0.03 }
    assert.deepEqual(order(likelihoods, ['a', 'x', 'y'], memory).slice(0, 3), ['a', 'x', 'y'])
    assert.deepEqual(order(likelihoods, ['b', 'u', 'v'], memory).slice(0, 4), ['a', 'b', 'u', 'v'])
  })

  it('runs a test that has failed again at once when it is there twice', () => {
    const candidates = [
      { test: 'a', likelihood: 0.5 },
      { test: 'b', likelihood: 0.4 },
      { test: 'a', likelihood: 0.1 },
    ]
    const odds = new InRunOdds(
      new Map([
        ['a', 0.5],
        ['b', 0.4],
      ]),
      noCoFailures(),
      BOLD,
    )
    assert.deepEqual(
      adaptedOrder(candidates, (i) => i !== 1, odds),
      [0, 2, 1],
    )
  })

  it('has each candidate once, and asks for no verdict before its turn', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const groups = fc.array(fc.subarray(names, { minLength: 1 }), { minLength: 1, maxLength: 4 })
    const likelihood = fc.double({ min: 0.001, max: 0.9, noNaN: true })
    const cycle = fc.array(fc.record({ test: fc.constantFrom(...names), likelihood, failed: fc.boolean() }))
    fc.assert(
      fc.property(groups, cycle, (failing, run) => {
        const odds = new InRunOdds(
          new Map(run.map((each) => [each.test, each.likelihood])),
          groupsMemory(...failing),
          BOLD,
        )
        const asked: number[] = []
        const result = adaptedOrder(
          run,
          (i) => {
            asked.push(i)
            return run[i]!.failed
          },
          odds,
        )
        assert.deepEqual(result, asked)
        assert.deepEqual(
          [...result].sort((a, b) => a - b),
          run.map((_, i) => i),
        )
      }),
    )
  })
})

describe('standings', () => {
  it('go from 1 down, and equals share theirs', () => {
    assert.deepEqual(standings([5, 9, 5, 1]), [0.625, 1, 0.625, 0.25])
    assert.equal(meanStanding([1, 0.5, 0], [true, false, true]), 0.5)
  })
})

describe('neighbours by name', () => {
  it('are near by number, not by digit', () => {
    const warmth = nameNeighbours(['t1', 't10', 't9', 't2', 't11'], (name) => (name === 't9' ? 1 : 0))
    assert.equal(warmth.get('t10'), 0.5)
    assert.equal(warmth.get('t2'), 0.5)
    assert.equal(warmth.get('t9'), 0)
  })
})
