import {
  coveragePercent,
  missedThresholds,
  NO_COVERAGE,
  type CoverageRecord,
  type CoverageThresholds,
} from '@muster/model'
import type { CoverageOptions } from '@muster/model/schema'
import type { DiffCoverage } from '@muster/coverage'

/** One threshold that a run misses. */
export interface Missed {
  /** For people: "shop", "all files", "the change". */
  readonly of: string
  readonly metric: string
  readonly percent: number
  readonly threshold: number
}

/** A project without files has nothing to miss; a name that no suite covers is said by `unknownProjects`. */
export function missedOf(
  options: CoverageOptions,
  record: CoverageRecord,
  diff: DiffCoverage | undefined,
): Missed[] {
  const totalsOf = (name: string): CoverageRecord['totals'] =>
    record.projects.find((project) => project.name === name)?.totals ?? NO_COVERAGE
  return [
    ...missedBy('all files', record.totals, options.thresholds),
    ...Object.entries(options.projects).flatMap(([name, thresholds]) =>
      missedBy(name, totalsOf(name), thresholds),
    ),
    ...missedByChange(options.changedLines, diff),
  ]
}

const missedBy = (of: string, totals: CoverageRecord['totals'], thresholds: CoverageThresholds): Missed[] =>
  missedThresholds(totals, thresholds).map(({ metric, percent, threshold }) => ({
    of,
    metric,
    percent,
    threshold,
  }))

function missedByChange(threshold: number | undefined, diff: DiffCoverage | undefined): Missed[] {
  if (threshold === undefined || !diff || diff.lines.total === 0) return []
  const { covered, total } = diff.lines
  if (100 * covered >= threshold * total) return []
  return [{ of: 'the change', metric: 'lines', percent: coveragePercent(diff.lines), threshold }]
}

/** Projects of which nx.json asks something, and no suite of the run covers a file. */
export const unknownProjects = (options: CoverageOptions, record: CoverageRecord): string[] =>
  Object.keys(options.projects).filter((name) => !record.projects.some((project) => project.name === name))
