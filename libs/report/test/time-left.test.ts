import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { advance, startProgress, type ProgressState } from '../src/progress/progress-state.ts'
import { utilisationSoFar } from '../src/progress/progress-totals.ts'
import { timeLeft } from '../src/progress/time-left.ts'
import {
  attempted,
  attemptDone,
  plannedSuite,
  queued,
  retrying,
  stamp,
  started,
} from './samples/sample-events.ts'
import { START } from './samples/sample-record.ts'
import { simulateRun, type SimulatedSuite } from './samples/simulated-run.ts'

const fold = (...bodies: Parameters<typeof stamp>[0]): ProgressState => {
  const state = startProgress()
  for (const event of stamp(bodies)) advance(state, event)
  return state
}

/** Suites whose real times are their estimates, times `bias`, times a noise of up to ×2 either way. */
const suites = (bias: number, unknownPercent: number): fc.Arbitrary<SimulatedSuite[]> =>
  fc
    .array(
      fc.record({
        estimateMs: fc.integer({ min: 500, max: 20_000 }),
        noise: fc.double({ min: -1, max: 1, noNaN: true }),
        known: fc.integer({ min: 0, max: 99 }),
        after: fc.option(fc.nat(), { freq: 3 }),
      }),
      { minLength: 20, maxLength: 60 },
    )
    .map((drawn) =>
      drawn.map(({ estimateMs, noise, known, after }, index) => ({
        name: `s${index}`,
        estimateMs: known < unknownPercent ? 0 : estimateMs,
        actualMs: Math.round(estimateMs * bias * 2 ** noise),
        dependsOn: after === null || index === 0 ? [] : [`s${after % index}`],
      })),
    )

/** When the run is said to end, looked at each second; milliseconds after the start, with the real end. */
function forecasts(run: readonly SimulatedSuite[], workers: number): { end: number; said: number[] } {
  const events = simulateRun(run, workers)
  const end = (events.at(-1)?.at ?? START) - START
  const state = startProgress()
  const said: number[] = []
  let at = 0
  for (const event of events) {
    for (; START + at < event.at; at += 1_000) {
      const left = timeLeft(state, START + at)
      if (left) said.push(at + left.ms)
    }
    advance(state, event)
  }
  return { end, said }
}

const workers = fc.integer({ min: 1, max: 8 })

const chainOf = (dependsOn: string[]) => [
  plannedSuite('a', 4_000),
  plannedSuite('b', 6_000, dependsOn),
  plannedSuite('c', 2_000),
]

describe('time left', () => {
  it('spreads the work over the workers, but is never less than the longest chain', () => {
    const apart = fold(started(2), { kind: 'plan-ready', suites: chainOf([]) })
    assert.deepEqual(timeLeft(apart, START + 1_000), { ms: 6_000, certain: true })
    const chained = fold(started(2), { kind: 'plan-ready', suites: chainOf(['a']) })
    assert.deepEqual(timeLeft(chained, START + 1_000), { ms: 10_000, certain: true })
    const alone = fold(started(1), { kind: 'plan-ready', suites: chainOf([]) })
    assert.deepEqual(timeLeft(alone, START + 1_000), { ms: 12_000, certain: true })
  })

  it('says nothing before anything is known, and is a lower bound while something is not', () => {
    const unknown = { kind: 'plan-ready', suites: [plannedSuite('a'), plannedSuite('b')] } as const
    assert.equal(timeLeft(fold(started(), unknown), START), undefined)
    const running = fold(started(), unknown, queued('a'), attempted('a'))
    assert.deepEqual(timeLeft(running, START + 23_000), { ms: 3_000, certain: false })
  })

  it('takes what has no estimate for like the others', () => {
    const half = { kind: 'plan-ready', suites: [plannedSuite('a', 3_000), plannedSuite('b')] } as const
    assert.deepEqual(timeLeft(fold(started(1), half), START), { ms: 6_000, certain: true })
  })

  it('does without any estimate once something has finished', () => {
    const run = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
      name,
      estimateMs: 0,
      actualMs: 5_000,
      dependsOn: [],
    }))
    const { said, end } = forecasts(run, 1)
    assert.equal(said.at(-1), end)
    assert.ok(said.every((each) => each <= end))
  })

  it('never says that nothing is left of what overruns', () => {
    const state = fold(started(), queued('a', 1_000), attempted('a'))
    assert.deepEqual(timeLeft(state, START + 42_000), { ms: 6_000, certain: true })
  })

  it('counts the wait before a retry, which takes no worker', () => {
    const state = fold(
      started(1),
      queued('a', 3_000),
      attempted('a'),
      attemptDone('a'),
      retrying('a', 1, 8_000),
    )
    // Due at second 12; seen at second 4, there are 8 s to wait and 3 s to run.
    assert.deepEqual(timeLeft(state, START + 4_000), { ms: 11_000, certain: true })
    assert.equal(utilisationSoFar(state, START + 2_820), 0.5)
  })

  for (const bias of [0.5, 1, 2, 3]) {
    for (const unknown of [0, 20]) {
      it(`is calm and becomes right when everything takes ×${bias} and ${unknown} % have no estimate`, () => {
        const runs = fc.sample(fc.tuple(suites(bias, unknown), workers), { numRuns: 100, seed: 7 })
        const measured = runs.map(([run, count]) => measure(run, count))
        // All moves of the forecast together, and the largest one, as shares of what was said or came.
        assert.ok(ninetieth(measured.map(({ moves }) => moves)) < 1.25)
        assert.ok(ninetieth(measured.map(({ largest }) => largest)) < 0.4)
        assert.ok(ninetieth(measured.map(({ wrongAtHalf }) => wrongAtHalf)) < 0.3)
        assert.ok(ninetieth(measured.map(({ wrongLate }) => wrongLate)) < 0.15)
      })
    }
  }
})

interface Measured {
  readonly moves: number
  readonly largest: number
  readonly wrongAtHalf: number
  readonly wrongLate: number
}

function measure(run: readonly SimulatedSuite[], count: number): Measured {
  const { end, said } = forecasts(run, count)
  const scale = Math.max(end, said[0] ?? 0)
  const moves = said.slice(1).map((now, index) => Math.abs(now - (said[index] ?? 0)) / scale)
  const wrongAt = (share: number): number =>
    Math.abs((said[Math.floor(said.length * share)] ?? 0) - end) / end
  return {
    moves: moves.reduce((sum, move) => sum + move, 0),
    largest: Math.max(0, ...moves),
    wrongAtHalf: wrongAt(0.5),
    wrongLate: wrongAt(0.8),
  }
}

const ninetieth = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.9)] ?? 0
