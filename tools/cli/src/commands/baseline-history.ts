import { changePoints, type ChangePoint } from '@muster/baselines'
import { nameOf } from '@muster/engine/baselines'
import type { MetricPoint, MetricSeries } from '@muster/history'
import { formatChange, formatMetric } from '@muster/report'
import { sparkline } from '../baseline/sparkline.ts'
import { measuredSuites } from '../baseline/measured-suites.ts'
import { EXIT } from '../exit-codes.ts'
import { cannotRead, fail, withHistory } from './history-open.ts'

export interface BaselineHistoryOptions {
  readonly limit: number
  /** Class of machine; default: that of the newest run. */
  readonly machine?: string
  readonly json?: boolean
}

interface DatedChange extends ChangePoint {
  readonly runId: string
  readonly at: string
  /** The first that was measured after the change, and the last before it. */
  readonly commit: string | null
  readonly commitBefore: string | null
}

/** Medians of a benchmark over the runs, with the changes that are no noise. */
export const baselineHistory = (name: string, options: BaselineHistoryOptions): Promise<number> =>
  withHistory(async (store, root) => {
    const { suites } = await measuredSuites(root, [])
    let found = 0
    for (const { id } of suites) {
      const { machine } = options
      const series = await store.metricHistory(id, {
        limit: options.limit,
        ...(machine !== undefined && { machine }),
      })
      if (!series.ok) return cannotRead(series.error)
      for (const each of series.value.filter((one) => isMeant(one, id, name))) {
        found++
        const points = ofOneMachine(each.points)
        const changes = datedChanges(points)
        if (options.json === true) console.log(JSON.stringify({ suite: id, ...each, points, changes }))
        else console.log(asText(id, each, points, changes))
      }
    }
    if (found > 0) return EXIT.passed
    return fail(EXIT.usage, `muster: no run has measured a benchmark or a suite called "${name}"`)
  })

const isMeant = ({ benchmark, metric }: MetricSeries, suite: string, name: string): boolean =>
  [suite, nameOf(benchmark), metric, `${nameOf(benchmark)} (${metric})`].includes(name)

/** Oldest first; numbers of different machines make no series. */
function ofOneMachine(newestFirst: readonly MetricPoint[]): readonly MetricPoint[] {
  const machine = newestFirst[0]?.machine
  return newestFirst.filter((point) => point.machine === machine).toReversed()
}

const datedChanges = (points: readonly MetricPoint[]): readonly DatedChange[] =>
  changePoints(points.map(({ value }) => value)).map((change) => dated(change, points))

function dated(change: ChangePoint, points: readonly MetricPoint[]): DatedChange {
  const point = points[change.index]!
  return {
    ...change,
    runId: point.runId,
    at: new Date(point.startedAt).toISOString(),
    commit: point.commit,
    commitBefore: points[change.index - 1]?.commit ?? null,
  }
}

function asText(
  suite: string,
  { benchmark, metric, unit, better }: MetricSeries,
  points: readonly MetricPoint[],
  changes: readonly DatedChange[],
): string {
  const values = points.map(({ value }) => value)
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return ''
  const lines = changes.map(({ before, after, magnitude, p, at, commit, commitBefore }) => {
    const worse = after > before === (better === 'lower')
    const where = commit === null ? '' : `, between ${commitBefore ?? 'the start'} and ${commit}`
    const change = `${formatMetric(before, unit)} → ${formatMetric(after, unit)}`
    return `  ${worse ? 'worse' : 'better'} ${magnitude === undefined ? '' : `${formatChange(1 + magnitude)} `}(${change}) on ${at.slice(0, 10)}${where}, p ${p.toFixed(3)}`
  })
  return [
    `${suite}: ${nameOf(benchmark)} (${metric}), ${points.length} runs on ${last.machine}`,
    `  ${sparkline(values)}  ${formatMetric(first.value, unit)} → ${formatMetric(last.value, unit)}`,
    ...(lines.length > 0 ? lines : [`  no change that stands out`]),
    '',
  ].join('\n')
}
