import { measuredValues, type RunRecord, type SuiteRecord } from '@muster/model'
import type { MetricPoint, MetricSeries } from '@muster/history'

/** What metricHistory answers, by going through whole records, newest first. */
export function naiveMetrics(
  runs: readonly { readonly run: RunRecord; readonly suite: SuiteRecord }[],
  limit: number,
  machine: string | undefined,
): readonly MetricSeries[] {
  const measured = runs.flatMap(({ run, suite }) => {
    if (suite.cached || suite.status !== 'passed' || !suite.measurement) return []
    const values = measuredValues(suite.measurement, suite.cases)
    const asked = machine === undefined || run.machine === machine
    return asked && values.length > 0 ? [{ run, commit: suite.measurement.commit ?? null, values }] : []
  })
  const series: (MetricSeries & { readonly points: MetricPoint[] })[] = []
  for (const { run, commit, values } of measured.slice(0, limit)) {
    for (const { benchmark, metric, unit, better, value } of values) {
      const point = { runId: run.runId, startedAt: run.startedAt, machine: run.machine, commit, value }
      const known = series.find(
        (each) =>
          each.benchmark === benchmark &&
          each.metric === metric &&
          each.unit === unit &&
          each.better === better,
      )
      if (known) known.points.push(point)
      else series.push({ benchmark, metric, unit, better, points: [point] })
    }
  }
  return series
}
