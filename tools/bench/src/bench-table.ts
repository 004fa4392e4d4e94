import type { Timing } from './hyperfine.ts'
import { median } from './median.ts'
import type { Observation } from './observe.ts'
import { costOfRoles } from './roles.ts'

export interface ContestantResult {
  readonly name: string
  readonly note: string
  readonly cold: readonly Timing[]
  /** Empty without a cache. */
  readonly warm: readonly Timing[]
  readonly observation: Observation
}

const seconds = (values: readonly number[]): string =>
  values.length === 0
    ? '–'
    : `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`

/** Medians with their range, so that noise is seen. */
export function benchTable(results: readonly ContestantResult[]): string {
  const rows = results.map(({ name, note, cold, warm, observation }) => [
    name,
    seconds(cold.map(({ wall }) => wall)),
    seconds(cold.map(({ cpu }) => cpu)),
    seconds(warm.map(({ wall }) => wall)),
    seconds(warm.map(({ cpu }) => cpu)),
    (observation.firstTestMs / 1000).toFixed(2),
    observation.largestMiB.toFixed(0),
    note,
  ])
  const head = [
    '',
    'cold wall s',
    'cold CPU s',
    'cached wall s',
    'cached CPU s',
    'first test after s',
    'largest process MiB',
    'what',
  ]
  return markdown([head, ...rows])
}

/** Seconds of CPU and, in brackets, MiB of the largest process, of the one cold run that was watched. */
export function roleTable(results: readonly ContestantResult[]): string {
  const costs = results.map(({ observation }) => costOfRoles(observation.processes))
  const roles = [...new Set(costs.flat().map(({ role }) => role))]
  const rows = results.map(({ name }, at) => [
    name,
    ...roles.map((role) => {
      const cost = costs[at]?.find((each) => each.role === role)
      return cost ? `${(cost.cpuMs / 1000).toFixed(2)} (${cost.mib.toFixed(0)})` : '–'
    }),
  ])
  return markdown([['CPU s (MiB)', ...roles], ...rows])
}

/** Cold and cached wall time of each row divided by each column's; below 1 the row is faster. */
export function ratioTable(results: readonly ContestantResult[]): string {
  const head = ['cold / cached wall', ...results.map(({ name }) => name)]
  const rows = results.map((row) => [
    row.name,
    ...results.map((column) => `${ratio(row.cold, column.cold)} / ${ratio(row.warm, column.warm)}`),
  ])
  return markdown([head, ...rows])
}

function markdown([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function ratio(row: readonly Timing[], column: readonly Timing[]): string {
  const value = median(row.map(({ wall }) => wall)) / median(column.map(({ wall }) => wall))
  return Number.isNaN(value) ? '–' : value.toFixed(2)
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
