import assert from 'node:assert/strict'
import { attemptId, runId, suiteId, unitId, type Outcome, type RunEvent } from '@muster/model'
import { accuracyTable, measure } from '../../src/durations/accuracy-table.ts'
import { accuracyOf } from '../../src/durations/accuracy.ts'
import { runFluid } from '../../src/durations/fluid-machine.ts'
import type { ObservedRun } from '../../src/durations/observed-run.ts'
import { PREDICTORS } from '../../src/durations/predictors.ts'
import { observeRun } from '../../src/durations/read-runs.ts'
import { replayRuns } from '../../src/durations/replay-runs.ts'
import { SCENARIOS, syntheticRuns } from '../../src/durations/synthetic-runs.ts'

const four = (cpuShare: number) => Array.from({ length: 4 }, () => ({ ms: 1000, cpuShare }))

describe('fluid machine', () => {
  it('stretches CPU time by what the cores lack, and waiting not at all', () => {
    for (const [share, expected] of [
      [1, 2000],
      [0.75, 1500],
      [0.5, 1000],
      [0, 1000],
    ] as const) {
      const [first] = runFluid(four(share), 4, 2)
      assert.ok(Math.abs(first!.durationMs - expected) < 1, `${share}: ${first!.durationMs}`)
      assert.ok(Math.abs(first!.busy - 2) < 1e-9)
    }
  })

  it('runs no more units than workers', () => {
    const results = runFluid(
      Array.from({ length: 3 }, () => ({ ms: 100, cpuShare: 1 })),
      1,
      2,
    )
    assert.deepEqual(
      results.map(({ durationMs, busy }) => [Math.round(durationMs), busy]),
      [
        [100, 0.5],
        [100, 0.5],
        [100, 0.5],
      ],
    )
  })
})

const run = (at: number, durationMs: number): ObservedRun => ({
  at,
  machine: 'm',
  cpus: 2,
  workers: 1,
  suites: [{ suite: 'a', kind: 'unit', durationMs, busy: 0.5 }],
})

describe('replay of durations', () => {
  it('predicts each run from those before it alone', () => {
    const [last] = PREDICTORS
    const predictions = replayRuns([run(1, 10), run(2, 20), run(3, 30)], [last!])
    assert.deepEqual(
      predictions.map(({ predictedMs, actualMs }) => [predictedMs, actualMs]),
      [
        [10, 20],
        [20, 30],
      ],
    )
    const changed = replayRuns([run(1, 10), run(2, 20), run(3, 9999)], PREDICTORS)
    const before = replayRuns([run(1, 10), run(2, 20), run(3, 30)], PREDICTORS)
    assert.deepEqual(
      changed.map(({ predictedMs }) => predictedMs),
      before.map(({ predictedMs }) => predictedMs),
    )
  })

  it('measures errors, and on which side they are', () => {
    const found = accuracyOf([
      { predictedMs: 50, actualMs: 100 },
      { predictedMs: 90, actualMs: 100 },
      { predictedMs: 400, actualMs: 100 },
      { predictedMs: 1, actualMs: 0 },
    ])
    assert.equal(found.predictions, 3)
    assert.equal(found.medianError, 0.5)
    assert.equal(found.p90Error, 3)
    assert.ok(Math.abs(found.bias + 0.1) < 1e-9)
  })

  for (const scenario of SCENARIOS) {
    it(`is nowhere behind the last value, the mean and the median: ${scenario.name}`, () => {
      const runs = [0, 1].flatMap((seed) => replayRuns(syntheticRuns(scenario, seed), PREDICTORS))
      const { known } = measure({ name: scenario.name, predictions: runs })
      const ours = known['muster']!
      for (const other of ['last value', 'mean', 'median']) {
        assert.ok(ours.medianError < known[other]!.medianError * 1.1, other)
      }
      assert.ok(Math.abs(ours.bias) < 0.05)
      if (scenario.workers.length === 2) assert.ok(ours.medianError < known['median']!.medianError / 3)
      if (scenario.speeds.length > 1) assert.ok(ours.medianError < known['median']!.medianError / 2)
    })
  }

  it('prints a row for each, with a dash where there is nothing to say', () => {
    const table = accuracyTable('Two runs', 'run', [measure({ name: 'first', predictions: [] })])
    assert.match(table, /\| first \| – \| – \| – \| – \| – \|$/)
  })
})

const pick = ({ unit, suite }: { unit: string; suite: string }) => ({ unit, suite })

describe('durations in a journal', () => {
  const PASSED: Outcome = { status: 'passed' }
  const SUITE = suiteId('a')
  const OTHER = suiteId('b')

  /** Two units of `a` beside one of `b`: a#1/2 0–100 ms, a#2/2 100–200 ms, b 0–400 ms. */
  function journal(outcome: Outcome): RunEvent[] {
    const unit = (index: number) => unitId(SUITE, { index, of: 2 })
    const steps = [
      { at: 1000, unit: unit(1), suite: SUITE, ms: 100, outcome: PASSED },
      { at: 1100, unit: unit(2), suite: SUITE, ms: 100, outcome },
      { at: 1000, unit: unitId(OTHER), suite: OTHER, ms: 400, outcome: PASSED },
    ]
    const bodies = [
      {
        at: 999,
        kind: 'run-started',
        machine: 'linux-x64 some-cpu 4c 8g',
        platform: 'linux-x64',
        workers: 2,
      },
      { at: 999, kind: 'plan-ready', suites: [{ suite: SUITE, kind: 'e2e' }] },
      ...steps.flatMap((step) => [
        { at: step.at, kind: 'attempt-started', attempt: attemptId(step.unit, 1), ...pick(step) },
        {
          at: step.at + step.ms,
          kind: 'attempt-finished',
          attempt: attemptId(step.unit, 1),
          outcome: step.outcome,
          durationMs: step.ms,
          usage: { cpuMs: step.ms / 2 },
        },
        { at: step.at + step.ms, kind: 'unit-finished', ...pick(step), outcome: step.outcome },
      ]),
    ]
    const id = runId(new Date(0), 'abcd')
    return bodies
      .toSorted((a, b) => a.at - b.at)
      .map((body, seq) => Object.assign(body, { v: 2, runId: id, seq }) as unknown as RunEvent)
  }

  it('are summed up over the units of a suite, with the load they met', () => {
    const found = observeRun(journal(PASSED))!
    assert.deepEqual([found.machine, found.cpus, found.workers], ['linux-x64 some-cpu 4c 8g', 4, 2])
    const [suiteA, suiteB] = found.suites
    assert.deepEqual(suiteA, { suite: 'a', kind: 'e2e', durationMs: 200, cpuMs: 100, busy: 0.5 })
    assert.deepEqual(suiteB, { suite: 'b', kind: 'unit', durationMs: 400, cpuMs: 200, busy: 600 / 400 / 4 })
  })

  it('are not believed of a suite of which a unit failed', () => {
    const found = observeRun(journal({ status: 'failed', failures: 1 }))!
    assert.deepEqual(
      found.suites.map(({ suite }) => suite),
      ['b'],
    )
  })

  it('are nothing without a start', () => {
    assert.equal(observeRun([]), undefined)
  })
})
