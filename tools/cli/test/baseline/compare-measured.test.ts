import assert from 'node:assert/strict'
import { emptyBaselines, makeEntry, updateEntry } from '@muster/baselines'
import { SCHEDULING_DEFAULTS, suiteId, type MeasuredValue, type Measurement, type Suite } from '@muster/model'
import { compareMeasured, goneBaselines } from '../../src/baseline/compare-measured.ts'
import { confirmAll, failing, isSuspect, toldOf } from '../../src/baseline/compared-suite.ts'
import { comparisonTable } from '../../src/baseline/comparison-table.ts'
import type { MeasuredSuite } from '../../src/baseline/measured-suites.ts'
import type { SuiteMeasurement } from '../../src/baseline/measurements.ts'
import { writeEntries } from '../../src/baseline/write-entries.ts'

const around = (middle: number): number[] =>
  [3, -4, 1, -2, 5, 0, -5, 2, -1, 4].map((thousandths) => middle * (1 + thousandths / 1000))

const value = (samples: readonly number[]): MeasuredValue => ({
  benchmark: 'sort',
  metric: 'duration',
  unit: 'ms',
  better: 'lower',
  value: samples[0] ?? 0,
  samples,
})

function measured(samples: readonly number[], onRegression: 'fail' | 'report' = 'fail'): SuiteMeasurement {
  const measure = { usage: [], threshold: 0.15, onRegression }
  const suite = {
    ...SCHEDULING_DEFAULTS,
    id: suiteId('speed'),
    kind: 'performance',
    measure,
  } as unknown as Suite
  const measurement: Measurement = {
    machine: 'box',
    environment: {},
    othersCpus: null,
    policy: measure,
    metrics: {},
  }
  return { suite: suite as MeasuredSuite, measurement, values: [value(samples)] }
}

const all = (): boolean => true

const recordedAt = '2026-01-31T12:00:00.000Z'

describe('comparing what was measured', () => {
  const base = makeEntry({ values: around(1), unit: 'ms', better: 'lower', recordedAt, environment: {} })
  assert.ok(base.ok)
  const key = { benchmark: 'sort', metric: 'duration', machineClass: 'box' }
  const file = updateEntry(emptyBaselines('speed'), key, base.value)
  const compareOne = (each: SuiteMeasurement) => compareMeasured('/nonexistent', [each], () => file)

  it('tells a regression only when the rerun says so, too', async () => {
    const first = await compareOne(measured(around(1.5)))
    assert.ok(first.every(isSuspect))
    const confirmed = confirmAll(first, await compareOne(measured(around(1.5))))
    assert.equal(failing(confirmed), 1)
    const dropped = confirmAll(first, await compareOne(measured(around(1))))
    assert.deepEqual([failing(dropped), toldOf(dropped)[0]?.verdict], [0, 'unchanged'])
    assert.match(toldOf(dropped)[0]?.reason ?? '', /not confirmed/)
    assert.deepEqual(
      [...toldOf(first), ...toldOf(confirmed), ...toldOf(dropped)].map((each) => each.confirmed),
      [undefined, true, undefined],
    )
    // The figures are the rerun's, and so are the samples beside them.
    assert.deepEqual(toldOf(dropped)[0]?.current.samples, around(1))
    const lost = confirmAll(first, [])
    assert.deepEqual([failing(lost), toldOf(lost)[0]?.verdict], [0, 'too-noisy'])
  })

  it('only tells it where the suite wants that', async () => {
    const first = await compareOne(measured(around(1.5), 'report'))
    const confirmed = confirmAll(first, first)
    assert.equal(failing(confirmed), 0)
    assert.equal(toldOf(confirmed)[0]?.confirmed, true)
  })

  it('shows a row a measurement with the reason under it', async () => {
    const told = toldOf(await compareOne(measured(around(1.5))))
    const [header, row, reason] = comparisonTable(told).split('\n')
    assert.match(header ?? '', /^VERDICT +CHANGE +INTERVAL +BASELINE +NOW +BENCHMARK$/)
    assert.match(row ?? '', /^suspected regression +\+50\.0 % +.*1 ms +1\.5 ms +speed: sort$/)
    assert.match(reason ?? '', /^ {4}\S/)
  })

  it('of many measurements shows what is not as it was, and a common reason once', async () => {
    const [one] = toldOf(await compareOne(measured(around(1))))
    const unchanged = Array.from({ length: 500 }, () => one!)
    assert.equal(comparisonTable(unchanged), '')
    const fresh = { ...one!, verdict: 'no-baseline' as const, reason: 'it is new' }
    const lines = comparisonTable([...unchanged, fresh, fresh]).split('\n')
    assert.deepEqual(
      lines.map((line) => line.trim().split('  ')[0]),
      ['VERDICT', 'no baseline', 'no baseline', 'it is new'],
    )
  })

  it('says which baselines nobody measures any more', () => {
    const more = ['a', 'b', 'c', 'd', 'e', 'f'].reduce(
      (into, benchmark) => updateEntry(into, { ...key, benchmark }, base.value),
      updateEntry(file, { ...key, machineClass: 'another' }, base.value),
    )
    assert.deepEqual(
      goneBaselines([measured(around(1))], () => file),
      [],
    )
    const [said] = goneBaselines([measured(around(1))], () => more)
    assert.match(said ?? '', /^speed: .*: a \(duration\), .*, e \(duration\) and 1 more\. .*prune speed$/)
  })

  it('writes what is wanted and usable as entries, and says what is not', () => {
    const written = writeEntries(emptyBaselines('speed'), measured(around(2)), all, { recordedAt, why: 'so' })
    assert.deepEqual([written.written, written.few], [1, 0])
    assert.equal(writeEntries(file, measured([1, 2]), all, { recordedAt }).few, 1)
    assert.equal(written.file.benchmarks['sort']?.['duration']?.['box']?.why, 'so')
    const none = writeEntries(file, measured(around(2)), () => false, { recordedAt })
    assert.deepEqual([none.written, none.file], [0, file])
    const unusable = writeEntries(file, measured([0, -1, Number.NaN]), all, { recordedAt })
    assert.deepEqual([unusable.written, unusable.problems.length, unusable.file], [0, 1, file])
  })
})
