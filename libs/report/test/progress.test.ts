import assert from 'node:assert/strict'
import type { RunEvent, RunEventBody } from '@muster/model'
import { foldRun, suiteId } from '@muster/model'
import * as fc from 'fast-check'
import { advance, startProgress, type ProgressState } from '../src/progress/progress-state.ts'
import { progressTotals, runningAttempts } from '../src/progress/progress-totals.ts'
import { timeLeft } from '../src/progress/time-left.ts'
import {
  attempted,
  attemptDone,
  cached,
  caseDone,
  planned,
  queued,
  stamp,
  started,
  unitDone,
} from './samples/sample-events.ts'
import { START } from './samples/sample-record.ts'

const fold = (events: readonly RunEvent[]): ProgressState => {
  const state = startProgress()
  for (const event of events) advance(state, event)
  return state
}

describe('progress', () => {
  it('tells waiting, queued, running and finished suites apart', () => {
    const state = fold(
      stamp([
        started(),
        planned('a', 'b', 'c', 'd'),
        cached('d'),
        queued('a'),
        queued('b'),
        attempted('a'),
        caseDone('a', 'x', true),
      ]),
    )
    const {
      suites,
      done,
      cached: hits,
      running,
      queued: inQueue,
      waiting,
      tests,
      failed,
    } = progressTotals(state)
    assert.deepEqual(
      { suites, done, hits, running, inQueue, waiting, tests, failed },
      { suites: 4, done: 1, hits: 1, running: 1, inQueue: 1, waiting: 1, tests: 13, failed: 1 },
    )
    assert.deepEqual(
      runningAttempts(state).map((attempt) => attempt.suite),
      ['a'],
    )
  })

  it('agrees with the totals of foldRun, whatever happens in whatever order', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const ordinal = fc.integer({ min: 1, max: 2 })
    const body: fc.Arbitrary<RunEventBody> = fc.oneof(
      name.map((each) => planned(each)),
      name.map(queued),
      name.map((each) => cached(each)),
      fc.tuple(name, ordinal).map(([each, at]) => attempted(each, at)),
      fc.tuple(name, fc.boolean(), ordinal).map(([each, failed, at]) => caseDone(each, 'x', failed, at)),
      fc.tuple(name, ordinal).map(([each, at]) => attemptDone(each, at)),
      name.map((each) => unitDone(each)),
      name.map((each): RunEventBody => ({ kind: 'suite-skipped', suite: suiteId(each), reason: 'r' })),
      name.map((each): RunEventBody => ({ kind: 'suite-hashed', suite: suiteId(each), hash: '1' })),
    )
    fc.assert(
      fc.property(fc.array(body, { maxLength: 60 }), (bodies) => {
        const events = stamp(bodies)
        const { suites, tests, passed, failed, skipped, flaky } = progressTotals(fold(events))
        assert.deepEqual({ suites, tests, passed, failed, skipped, flaky }, foldRun(events, () => []).totals)
      }),
    )
  })

  it('estimates from the work left, and says when it is only a lower bound', () => {
    const state = fold(stamp([started(2), planned('a', 'b', 'c'), attempted('a')]))
    const now = START + 3_000
    const expected = new Map([
      ['a', 4_000],
      ['b', 6_000],
    ])
    // a has 3 s left, b 6 s: 9 s over two workers is less than b alone; c is unknown.
    assert.deepEqual(timeLeft(state, expected, now), { ms: 6_000, certain: false })
    assert.equal(timeLeft(state, new Map(), now), undefined)
    assert.equal(timeLeft(state, new Map([...expected, ['c', 9_000]]), now)?.certain, true)
  })
})
