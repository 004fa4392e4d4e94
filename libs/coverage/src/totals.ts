import { addCoverage, NO_COVERAGE, type CoveredOf, type CoverageTotals } from '@muster/model'
import { lineHits } from './line-coverage.ts'
import type { Coverage, FileCoverage } from './structure.ts'

const covered = (counts: readonly number[]): CoveredOf => ({
  covered: counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0),
  total: counts.length,
})

export const fileTotals = (file: FileCoverage): CoverageTotals => ({
  lines: covered([...lineHits(file).values()]),
  branches: covered(file.branches.flat()),
  functions: covered(file.functions),
  statements: covered(file.statements),
})

export const coverageTotals = (coverage: Coverage): CoverageTotals =>
  [...coverage.values()].map(fileTotals).reduce(addCoverage, NO_COVERAGE)
