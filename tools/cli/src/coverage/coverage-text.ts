import {
  COVERAGE_METRICS,
  coveragePercent,
  type CoverageRecord,
  type CoverageTotals,
  type CoveredOf,
} from '@muster/model'
import type { DiffCoverage, LineSpan } from '@muster/coverage'
import { table } from '../table.ts'
import type { Missed } from './missed.ts'

const HEADER = ['LINES', 'BRANCHES', 'FUNCTIONS', 'STATEMENTS', 'FILES', 'PROJECT']

/** A row for each project, and one for all. */
export function coverageTable({ projects, totals, files }: CoverageRecord): string {
  const rows = projects.map((project) =>
    row(project.totals, project.files, project.name === '.' ? '(no project)' : project.name),
  )
  return table(HEADER, [...rows, row(totals, files, 'all files')])
}

const row = (totals: CoverageTotals, files: number, name: string): string[] => [
  ...COVERAGE_METRICS.map((metric) => percent(totals[metric])),
  String(files),
  name,
]

const percent = (part: CoveredOf): string =>
  part.total === 0 ? '-' : `${coveragePercent(part).toFixed(1).padStart(5)} % of ${part.total}`

/** What a reviewer should look at, as `file:line-line`. */
export function diffText(diff: DiffCoverage, revision: string): string {
  const { covered, total } = diff.lines
  if (total === 0) return `Nothing that changed since ${revision} is code whose coverage is known.`
  const head = `Changed since ${revision}: ${covered} of ${total} lines are covered (${coveragePercent(diff.lines).toFixed(1)} %)`
  const places = diff.files.flatMap(({ path, uncovered }) =>
    uncovered.map((span) => `  ${path}:${describe(span)}`),
  )
  return places.length === 0 ? `${head}.` : [`${head}, not:`, ...places].join('\n')
}

const describe = ([first, last]: LineSpan): string => (first === last ? `${first}` : `${first}-${last}`)

export const missedText = ({ of, metric, percent: reached, threshold }: Missed): string =>
  `Below the threshold: ${metric} of ${of}: ${reached} %, ${threshold} % are asked for`
