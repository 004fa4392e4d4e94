import assert from 'node:assert/strict'
import type { RunEvent, RunEventBody } from '@muster/model'
import { foldRun, suiteId } from '@muster/model'
import * as fc from 'fast-check'
import { advance, startProgress, type ProgressState } from '../src/progress/progress-state.ts'
import { progressTotals, runningAttempts } from '../src/progress/progress-totals.ts'
import {
  attempted,
  attemptDone,
  cached,
  caseDone,
  planned,
  queued,
  retrying,
  stamp,
  started,
  unitDone,
} from './samples/sample-events.ts'

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
    const unit = fc.constantFrom('a', 'b', 'c#1/2', 'c#2/2')
    const ordinal = fc.integer({ min: 1, max: 2 })
    const body: fc.Arbitrary<RunEventBody> = fc.oneof(
      name.map((each) => planned(each)),
      unit.map((each) => queued(each)),
      unit.map((each) => retrying(each)),
      name.map((each) => cached(each)),
      fc.tuple(unit, ordinal).map(([each, at]) => attempted(each, at)),
      fc.tuple(unit, fc.boolean(), ordinal).map(([each, failed, at]) => caseDone(each, 'x', failed, at)),
      fc.tuple(unit, ordinal).map(([each, at]) => attemptDone(each, at)),
      unit.map((each) => unitDone(each)),
      name.map((each): RunEventBody => ({ kind: 'suite-skipped', suite: suiteId(each), reason: 'r' })),
      name.map((each): RunEventBody => ({ kind: 'suite-hashed', suite: suiteId(each), hash: '1' })),
    )
    fc.assert(
      fc.property(fc.array(body, { maxLength: 60 }), (bodies) => {
        const events = stamp(bodies)
        const { totals } = foldRun(events, () => [])
        const progress = progressTotals(fold(events))
        assert.deepEqual(
          Object.fromEntries(Object.keys(totals).map((key) => [key, progress[key as keyof typeof totals]])),
          totals,
        )
      }),
    )
  })
})
