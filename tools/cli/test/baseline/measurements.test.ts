import assert from 'node:assert/strict'
import { suiteId, type Measurement, type RunRecord, type Suite } from '@muster/model'
import { comparedRecord } from '../../src/baseline/compared-record.ts'
import type { MeasuredSuite } from '../../src/baseline/measured-suites.ts'
import { compareSides, goneSinceBase } from '../../src/baseline/compare-sides.ts'
import { measurementsOf } from '../../src/baseline/measurements.ts'

const measure = { usage: [], threshold: 0.15, onRegression: 'fail' } as const
const suite = { id: suiteId('speed'), kind: 'performance', measure } as unknown as Suite as MeasuredSuite

interface Told {
  readonly values: Readonly<Record<string, readonly number[]>>
  readonly unit?: string
  readonly othersCpus?: number
  readonly notes?: readonly string[]
}

/** As much of a record as is looked at. */
function run({ values, unit = 'ms', othersCpus = 0, notes = [] }: Told): RunRecord {
  const metrics = Object.fromEntries(
    Object.entries(values).map(([name, samples]) => [
      name,
      { value: samples[0]!, unit, better: 'lower' as const, samples },
    ]),
  )
  const measurement: Measurement = { machine: 'box', environment: {}, othersCpus, policy: measure, metrics }
  return {
    runId: 'r',
    startedAt: 1,
    verdict: 'passed',
    notes: notes.map((message) => ({ level: 'warning', suite: 'speed', message })),
    suites: [{ name: 'speed', kind: 'performance', status: 'passed', cases: [], measurement }],
  } as unknown as RunRecord
}

const LOADED = 'other processes kept 1.5 cores busy while it was measured; its figures are the less sure'

describe('what runs measured', () => {
  it('is put together, and what they warn of is said once, of the load the worst', () => {
    const { measured, warnings } = measurementsOf(
      [suite],
      [
        run({ values: { a: [1, 2] }, othersCpus: 1.5, notes: ['odd line', LOADED] }),
        run({ values: { a: [3] }, othersCpus: 0.5, notes: ['odd line', LOADED.replace('1.5', '0.5')] }),
      ],
    )
    assert.deepEqual(measured[0]?.values[0]?.samples, [1, 2, 3])
    assert.deepEqual(warnings, ['speed: odd line', `speed: ${LOADED}`])
  })

  it('names the first thing that failed', () => {
    const [passed] = run({ values: {} }).suites
    const cases = [
      { path: ['a'], status: 'passed' },
      { path: ['b'], status: 'failed', error: { message: "Cannot find package 'x'\nimported from y" } },
    ]
    const failed = { ...passed, status: 'failed', message: '1 failed', cases }
    const record = { ...run({ values: {} }), suites: [failed] } as unknown as RunRecord
    assert.deepEqual(measurementsOf([suite], [record]).missing, [
      "speed: failed: 1 failed: Cannot find package 'x'",
    ])
  })

  it('of a base: what it lacks has no baseline, what only it has is said, units must agree', () => {
    const now = measurementsOf([suite], [run({ values: { old: [1], fresh: [1] } })])
    const base = measurementsOf([suite], [run({ values: { old: [1], gone: [1] }, unit: 's' })])
    const [compared] = compareSides({ base, current: now })
    assert.deepEqual(
      compared?.compared.map(({ value, answer }) => [value.metric, answer?.verdict]),
      [
        ['old', 'unusable'],
        ['fresh', 'no-baseline'],
      ],
    )
    assert.deepEqual(goneSinceBase({ base, current: now }), [
      'speed: measured in the base only: (suite) (gone)',
    ])
    const none = measurementsOf([], [])
    assert.deepEqual(
      [
        compareSides({ base: none, current: now })[0]?.compared.length,
        goneSinceBase({ base: none, current: now }),
      ],
      [2, []],
    )
  })

  it('becomes one record with the verdicts of the end', () => {
    const [first, again] = [run({ values: { a: [1] } }), run({ values: { a: [2] } })]
    const side = { median: 1, low: 1, high: 1, samples: [1] }
    const told = {
      suite: 'speed',
      benchmark: '',
      metric: 'a',
      unit: 'ms',
      better: 'lower',
      verdict: 'regression',
      confirmed: true,
      reason: 'so',
      current: side,
    } as const
    const record = comparedRecord([first, again], [told], 'against main', ['speed: odd'])
    const { suite: _suite, ...comparison } = told
    assert.deepEqual(record.suites[0]?.comparisons, [comparison])
    assert.deepEqual(record.suites[0]?.measurement?.metrics['a']?.samples, [2])
    assert.deepEqual(
      record.notes.map(({ message }) => message),
      ['against main', 'speed: odd'],
    )
    assert.equal(record.totals.suites, 1)
  })
})
