import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { describeOutcome, mergeOutcomes, type Outcome, type Status } from '@muster/model'
import { outcome } from './arbitraries.ts'

const outcomes = fc.array(outcome, { minLength: 1, maxLength: 6 })
/** A merged outcome but for the words, which come from the first of equals. */
const gist = (merged: Outcome): object => ({
  status: merged.status,
  ...(merged.status === 'failed' && { failures: merged.failures }),
  ...(merged.status === 'passed' && { quarantined: merged.quarantined ?? 0 }),
})

describe('mergeOutcomes', () => {
  it('is what one unit came to, word for word', () => {
    fc.assert(fc.property(outcome, (each) => assert.equal(mergeOutcomes([each]), each)))
  })

  it("doesn't depend on the order of the units", () => {
    fc.assert(
      fc.property(
        outcomes.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => assert.deepEqual(gist(mergeOutcomes(shuffled)), gist(mergeOutcomes(all))),
      ),
      { numRuns: 500 },
    )
  })

  it("doesn't depend on which units are merged first", () => {
    fc.assert(
      fc.property(outcomes, outcomes, (some, others) => {
        const parts = mergeOutcomes([mergeOutcomes(some), mergeOutcomes(others)])
        assert.deepEqual(gist(parts), gist(mergeOutcomes([...some, ...others])))
      }),
      { numRuns: 500 },
    )
  })

  it('never hides a failure, and passes only when nothing else happened than passes', () => {
    fc.assert(
      fc.property(outcomes, (all) => {
        const { status } = mergeOutcomes(all)
        const has = (wanted: Status): boolean => all.some((each) => each.status === wanted)
        if (has('failed')) assert.equal(status, 'failed')
        assert.equal(
          status === 'passed',
          all.every((each) => each.status === 'passed'),
        )
        assert.equal(
          status === 'skipped',
          all.every((each) => each.status === 'skipped'),
        )
      }),
      { numRuns: 500 },
    )
  })

  const known: [string, Outcome[], string][] = [
    [
      'failures add up',
      [
        { status: 'failed', failures: 1 },
        { status: 'failed', failures: 2 },
      ],
      '3 failed',
    ],
    [
      'a crash outweighs a time-out',
      [
        { status: 'timed-out', limitMs: 1 },
        { status: 'crashed', message: 'gone', exitCode: 1, signal: null },
      ],
      'gone',
    ],
    [
      'a part that was left out is told',
      [{ status: 'passed' }, { status: 'skipped', reason: 'halted' }],
      '1 of 2 shards did not run: halted',
    ],
    [
      'also when the others had no tests',
      [
        { status: 'no-tests', message: 'none' },
        { status: 'skipped', reason: 'halted' },
      ],
      '1 of 2 shards did not run: halted',
    ],
    [
      'a suite in which nothing is to be found is no pass',
      [{ status: 'passed' }, { status: 'no-tests', message: 'none' }],
      'none',
    ],
    [
      'what is in quarantine adds up',
      [{ status: 'passed', quarantined: 1 }, { status: 'passed' }, { status: 'passed', quarantined: 2 }],
      'passed, 3 failed in quarantine',
    ],
  ]
  for (const [what, all, told] of known) {
    it(what, () => assert.equal(describeOutcome(mergeOutcomes(all)), told))
  }

  it('of no unit at all is a bug', () => assert.throws(() => mergeOutcomes([])))
})
