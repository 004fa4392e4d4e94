import { deepEqual } from 'node:assert/strict'
import type { HistoryStore } from '@muster/history'
import type { Measurement, Metric, SuiteRecord } from '@muster/model'
import { aCachedSuite, aCase, aRun, aSuite, idOf } from './support/records.ts'
import { valueOf } from './support/value-of.ts'

const ms = (value: number, over: Partial<Metric> = {}): Metric => ({
  value,
  unit: 'ms',
  better: 'lower',
  samples: [value],
  ...over,
})

const measurement = (metrics: Measurement['metrics']): Measurement => ({
  machine: 'box',
  environment: {},
  commit: 'abc',
  othersCpus: null,
  policy: { usage: [], threshold: 0.15, onRegression: 'fail' },
  metrics,
})

const at = (nth: number, value: number) => [idOf(nth), value, 'abc']

const bench = (value: number, over: Partial<SuiteRecord> = {}): SuiteRecord =>
  aSuite('bench', {
    kind: 'performance',
    measurement: measurement({ wall: ms(value * 10) }),
    cases: [
      aCase('sort', { metrics: { duration: ms(value), throughput: { value: 1, better: 'higher' } } }),
      aCase('fails', { status: 'failed', metrics: { duration: ms(99) } }),
    ],
    ...over,
  })

/** What every `HistoryStore` promises of metrics. */
export function metricsContract(storeOf: () => HistoryStore): void {
  const series = async (limit = 10, machine?: string) =>
    valueOf(await storeOf().metricHistory('bench', { limit, ...(machine !== undefined && { machine }) })).map(
      ({ benchmark, metric, unit, points }) => [
        benchmark,
        metric,
        unit,
        points.map(({ runId, value, commit }) => [runId, value, commit]),
      ],
    )

  it('keeps what suites and their cases measured, newest first, where there are samples and it passed', async () => {
    const runs = [
      aRun(1, [bench(1)]),
      aRun(2, [aCachedSuite('bench', idOf(1), { measurement: measurement({ wall: ms(7) }) })]),
      aRun(3, [bench(3, { status: 'failed' })]),
      aRun(4, [bench(4)], { machine: 'other' }),
      aRun(5, [aSuite('bench')]),
      aRun(6, [bench(6, { measurement: measurement({ wall: ms(60, { unit: 's' }) }) })]),
    ]
    for (const run of runs) valueOf(await storeOf().ingest(run))
    deepEqual(await series(), [
      ['', 'wall', 's', [at(6, 60)]],
      ['group › sort', 'duration', 'ms', [at(6, 6), at(4, 4), at(1, 1)]],
      ['', 'wall', 'ms', [at(4, 40), at(1, 10)]],
    ])
    deepEqual(await series(1), [
      ['', 'wall', 's', [at(6, 60)]],
      ['group › sort', 'duration', 'ms', [at(6, 6)]],
    ])
    deepEqual(await series(10, 'other'), [
      ['', 'wall', 'ms', [at(4, 40)]],
      ['group › sort', 'duration', 'ms', [at(4, 4)]],
    ])
  })

  it('forgets the metrics of a run that is replaced or pruned, and gives them back with its record', async () => {
    const run = aRun(1, [bench(1)])
    for (const each of [run, aRun(1, [bench(2)]), aRun(2, [bench(3)])]) valueOf(await storeOf().ingest(each))
    const again = valueOf(await storeOf().record(idOf(1)))
    valueOf(await storeOf().prune({ keepRuns: 1 }))
    deepEqual(
      (await series()).map(([, metric, , points]) => [metric, (points as unknown[]).length]),
      [
        ['wall', 1],
        ['duration', 1],
      ],
    )
    if (again) valueOf(await storeOf().ingest(again))
    deepEqual((await series()).at(-1)?.at(-1), [
      [idOf(2), 3, 'abc'],
      [idOf(1), 2, 'abc'],
    ])
  })
}
