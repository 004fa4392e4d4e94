import assert from 'node:assert/strict'
import { emptyBaselines, makeEntry, updateEntry, type BaselineFile } from '@muster/baselines'
import type { Measure, MeasuredValue } from '@muster/model'
import { compareValues, toRecord } from '../../src/measure/compare-values.ts'

const policy: Measure = { usage: [], threshold: 0.15, onRegression: 'fail' }
/** In no order: samples that creep say that the machine does. */
const around = (middle: number): number[] =>
  [3, -4, 1, -2, 5, 0, -5, 2, -1, 4].map((thousandths) => middle * (1 + thousandths / 1000))

const value = (change: Partial<MeasuredValue> = {}): MeasuredValue => ({
  benchmark: 'sort',
  metric: 'duration',
  unit: 'ms',
  better: 'lower',
  value: 1,
  samples: around(1),
  ...change,
})

function fileWith(machineClass: string, unit = 'ms', benchmark = 'sort'): BaselineFile {
  const entry = makeEntry({
    values: around(1),
    unit,
    better: 'lower',
    recordedAt: '2026-01-31T12:00:00.000Z',
    commit: 'abc',
    environment: {},
  })
  assert.ok(entry.ok)
  return updateEntry(emptyBaselines('s'), { benchmark, metric: 'duration', machineClass }, entry.value)
}

const told = (values: readonly MeasuredValue[], file: BaselineFile) =>
  compareValues(values, file, { machine: 'box', policy }).map(toRecord)

describe('comparing with a baseline file', () => {
  it('tells changes beyond the threshold, in both directions, and nothing else', () => {
    const verdicts = [0.5, 0.95, 1, 1.05, 1.5].map(
      (factor) => told([value({ samples: around(factor) })], fileWith('box'))[0]?.verdict,
    )
    assert.deepEqual(verdicts, ['improvement', 'unchanged', 'unchanged', 'unchanged', 'regression'])
  })

  it('gives both sides, the change and where the base is from', () => {
    const [found] = told([value({ samples: around(1.5) })], fileWith('box'))
    assert.ok(found?.change && Math.abs(found.change.ratio - 1.5) < 0.02)
    assert.ok(found.change.low < 1.5 && found.change.high > 1.5)
    assert.deepEqual(
      [found.baseRecordedAt, found.baseCommit, found.base?.samples.length],
      ['2026-01-31T12:00:00.000Z', 'abc', 10],
    )
  })

  it('has answers of their own for what cannot be compared', () => {
    for (const [file, verdict, reason] of [
      [emptyBaselines('s'), 'no-baseline', /baseline update/],
      [fileWith('other'), 'other-machine', /of "other", and this machine is "box"/],
      [fileWith('box', 's'), 'unusable', /in ms now, and the baseline is in s/],
    ] as const) {
      const [found] = told([value()], file)
      assert.equal(found?.verdict, verdict)
      assert.match(found.reason, reason)
      assert.equal(found.change, undefined)
    }
  })

  it('never calls anything a pass or a change that has unusable or too few samples', () => {
    for (const samples of [
      [0],
      [1],
      [-1, -2, -3, -4, -5, -6],
      Array(10).fill(0),
      Array(10).fill(Number.NaN),
    ]) {
      const [found] = told([value({ samples })], fileWith('box'))
      assert.ok(
        ['unusable', 'too-few-samples'].includes(found!.verdict),
        `${samples.join()}: ${found?.verdict}`,
      )
    }
  })

  it('finds the suite as a whole under a name of its own', () => {
    const [found] = told([value({ benchmark: '' })], fileWith('box', 'ms', '(suite)'))
    assert.deepEqual([found?.benchmark, found?.verdict], ['', 'unchanged'])
  })

  it('shows nothing of a base in another unit, and tells what a rerun has confirmed', () => {
    const [changed] = told([value({ unit: 's' })], fileWith('box'))
    assert.deepEqual([changed?.verdict, changed?.base], ['unusable', undefined])
    const slower = compareValues([value({ samples: around(1.5) })], fileWith('box'), {
      machine: 'box',
      policy,
    })
    assert.deepEqual(
      [slower[0]!, { ...slower[0]!, confirmed: true as const }].map((each) => toRecord(each).confirmed),
      [undefined, true],
    )
  })
})
