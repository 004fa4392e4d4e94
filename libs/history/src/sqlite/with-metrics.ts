import { caseName, DEFAULT_THRESHOLD, type Metric, type SuiteRecord } from '@muster/model'
import type { selectMetrics } from './metric-queries.ts'

type Rows = Awaited<ReturnType<typeof selectMetrics>>

/** A suite's record with what it measured; the one value that is kept of a metric is its only sample. */
export function withMetrics(
  suite: SuiteRecord,
  rows: Rows,
  commit: string | null,
  machine: string,
): SuiteRecord {
  if (rows.length === 0) return suite
  const metrics = new Map<string, Record<string, Metric>>()
  for (const row of rows)
    metrics.set(row.benchmark, { ...metrics.get(row.benchmark), [row.metric]: metricOf(row) })
  return {
    ...suite,
    cases: suite.cases.map((each) => {
      const own = metrics.get(caseName(each))
      return own ? { ...each, metrics: own } : each
    }),
    measurement: {
      machine,
      environment: {},
      ...(commit !== null && { commit }),
      othersCpus: null,
      policy: { usage: [], threshold: DEFAULT_THRESHOLD, onRegression: 'fail' },
      metrics: metrics.get('') ?? {},
    },
  }
}

const metricOf = ({ unit, better, value }: Rows[number]): Metric => ({
  value,
  ...(unit !== '' && { unit }),
  better,
  samples: [value],
})
