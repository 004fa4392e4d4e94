/** What is counted, in the order in which it is shown. */
export const COVERAGE_METRICS = ['lines', 'branches', 'functions', 'statements'] as const
export type CoverageMetric = (typeof COVERAGE_METRICS)[number]

export interface CoveredOf {
  readonly covered: number
  readonly total: number
}

export type CoverageTotals = Readonly<Record<CoverageMetric, CoveredOf>>

/** Percent, 0 to 100, that must at least be covered. */
export type CoverageThresholds = Readonly<Partial<Record<CoverageMetric, number>>>

/** A project and its workspace-relative folder, `.` for the workspace itself. */
export interface ProjectFolder {
  readonly name: string
  readonly root: string
}

/** What a suite says about its coverage, with its defaults filled in. */
export interface SuiteCoverage {
  /** Workspace-relative globs; absent: the source files of the projects that it covers. */
  readonly include?: readonly string[]
  /** Workspace-relative globs. */
  readonly exclude: readonly string[]
  readonly thresholds: CoverageThresholds
  /** Globs below the suite's folder of coverage files that its own command writes. */
  readonly files: readonly string[]
  /** The projects that it covers, filled in from the project graph; absent: the suite's own folder. */
  readonly projects?: readonly ProjectFolder[]
  /** Folders of other projects below those. */
  readonly notRoots?: readonly string[]
}

/** What is known of a suite's coverage without its files. */
export interface CoverageSummary {
  readonly totals: CoverageTotals
  /** Those that it covers. */
  readonly projects: readonly ProjectFolder[]
}

/** In a record: what a run's suites cover together. */
export interface CoverageRecord {
  readonly totals: CoverageTotals
  /** Number of files. */
  readonly files: number
  /** By project, sorted by name; files of no project come under the workspace's `.`. */
  readonly projects: readonly {
    readonly name: string
    readonly files: number
    readonly totals: CoverageTotals
  }[]
}

export const NO_COVERAGE: CoverageTotals = {
  lines: { covered: 0, total: 0 },
  branches: { covered: 0, total: 0 },
  functions: { covered: 0, total: 0 },
  statements: { covered: 0, total: 0 },
}

export function addCoverage(a: CoverageTotals, b: CoverageTotals): CoverageTotals {
  const sum = (metric: CoverageMetric): CoveredOf => ({
    covered: a[metric].covered + b[metric].covered,
    total: a[metric].total + b[metric].total,
  })
  return {
    lines: sum('lines'),
    branches: sum('branches'),
    functions: sum('functions'),
    statements: sum('statements'),
  }
}

/** Rounded down to a tenth, so that 100 means all. Where there is nothing to cover, all of it is. */
export const coveragePercent = ({ covered, total }: CoveredOf): number =>
  total === 0 ? 100 : Math.floor((1000 * covered) / total) / 10

export interface ThresholdMiss {
  readonly metric: CoverageMetric
  readonly percent: number
  readonly threshold: number
}

/** The thresholds that are missed. They are compared without rounding. */
export function missedThresholds(totals: CoverageTotals, thresholds: CoverageThresholds): ThresholdMiss[] {
  return COVERAGE_METRICS.flatMap((metric) => {
    const threshold = thresholds[metric]
    const { covered, total } = totals[metric]
    if (threshold === undefined || total === 0 || 100 * covered >= threshold * total) return []
    return [{ metric, percent: coveragePercent(totals[metric]), threshold }]
  })
}
