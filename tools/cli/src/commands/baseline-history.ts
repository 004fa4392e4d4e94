import { changePoints, creepOf, type ChangePoint, type Creep } from '@muster/baselines'
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

/** Medians of a benchmark over the runs, with the changes that are no noise. @param name default: all that have changed */
export const baselineHistory = (name: string | undefined, options: BaselineHistoryOptions): Promise<number> =>
  withHistory(async (store, root) => {
    const { suites } = await measuredSuites(root, [])
    let found = 0
    let steady = 0
    for (const { id } of suites) {
      const { machine } = options
      const series = await store.metricHistory(id, {
        limit: options.limit,
        ...(machine !== undefined && { machine }),
      })
      if (!series.ok) return cannotRead(series.error)
      for (const each of series.value.filter((one) => name === undefined || isMeant(one, id, name))) {
        found++
        const points = ofOneMachine(each.points)
        const moves = movesIn(points)
        if (options.json === true) console.log(JSON.stringify({ suite: id, ...each, points, ...moves }))
        else if (name === undefined && isSteady(moves)) steady++
        else console.log(asText(id, each, points, moves))
      }
    }
    if (steady > 0) console.log(`${steady} of ${found} measured series without a change that stands out`)
    if (found > 0) return EXIT.passed
    const what = name === undefined ? 'anything' : `a benchmark or a suite called "${name}"`
    return fail(EXIT.usage, `muster: no run has measured ${what}`)
  })

const isMeant = ({ benchmark, metric }: MetricSeries, suite: string, name: string): boolean =>
  [suite, nameOf(benchmark), metric, `${nameOf(benchmark)} (${metric})`].includes(name)

/** Oldest first; numbers of different machines make no series. */
function ofOneMachine(newestFirst: readonly MetricPoint[]): readonly MetricPoint[] {
  const machine = newestFirst[0]?.machine
  return newestFirst.filter((point) => point.machine === machine).toReversed()
}

interface Moves {
  readonly changes: readonly DatedChange[]
  /** What goes on between the changes. */
  readonly creep?: Creep & { readonly perWeek?: number }
}

const isSteady = ({ changes, creep }: Moves): boolean => changes.length === 0 && creep === undefined

function movesIn(points: readonly MetricPoint[]): Moves {
  const values = points.map(({ value }) => value)
  const found = changePoints(values)
  const creep = creepOf(
    values,
    found.map(({ index }) => index),
  )
  const changes = found.map((change) => dated(change, points))
  if (!creep) return { changes }
  const weeks = (points.at(-1)!.startedAt - points[0]!.startedAt) / WEEK_MS
  // Of a shorter time it would be a guess.
  const perWeek = weeks < 1 ? undefined : (1 + creep.perPoint) ** ((points.length - 1) / weeks) - 1
  return { changes, creep: { ...creep, ...(perWeek !== undefined && { perWeek }) } }
}

const WEEK_MS = 7 * 24 * 60 * 60_000

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
  { changes, creep }: Moves,
): string {
  const values = points.map(({ value }) => value)
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return ''
  const direction = (rises: boolean): string => (rises === (better === 'lower') ? 'worse' : 'better')
  const lines = changes.map(({ before, after, magnitude, p, at, commit, commitBefore }) => {
    const where = commit === null ? '' : `, between ${commitBefore ?? 'the start'} and ${commit}`
    const levels = `${formatMetric(before, unit)} → ${formatMetric(after, unit)}`
    const size = magnitude === undefined ? '' : `${formatChange(1 + magnitude)} `
    return `  ${direction(after > before)} ${size}(${levels}) on ${at.slice(0, 10)}${where}, p ${p.toFixed(3)}`
  })
  if (creep) {
    const week = creep.perWeek === undefined ? '' : `, ${formatChange(1 + creep.perWeek)} a week`
    const steps = changes.length > 0 ? '; the steps may be parts of that' : ''
    lines.push(
      `  creeps: ${direction(creep.perPoint > 0)} by ${formatChange(1 + creep.perPoint)} a run${week}, p ${creep.p.toFixed(3)}${steps}`,
    )
  }
  return [
    `${suite}: ${nameOf(benchmark)} (${metric}), ${counted(points.length)} on ${last.machine}`,
    `  ${sparkline(values)}  ${formatMetric(first.value, unit)} → ${formatMetric(last.value, unit)}`,
    ...(lines.length > 0 ? lines : [`  no change that stands out`]),
    '',
  ].join('\n')
}

const counted = (runs: number): string => `${runs} run${runs === 1 ? '' : 's'}`
