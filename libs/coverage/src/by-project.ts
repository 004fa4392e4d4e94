import type { CoverageRecord, ProjectFolder } from '@muster/model'
import { coverageTotals } from './totals.ts'
import type { Coverage, FileCoverage } from './structure.ts'

/** What is outside of every project. */
const NO_PROJECT = '.'

/** Each file goes to the project whose folder is nearest around it. Sorted by project. */
export function byProject(
  coverage: Coverage,
  projects: readonly ProjectFolder[],
): Map<string, Map<string, FileCoverage>> {
  const nearestFirst = projects.toSorted((a, b) => depth(b.root) - depth(a.root))
  const nameOf = (path: string): string =>
    nearestFirst.find(({ root }) => root === '.' || path.startsWith(`${root}/`))?.name ?? NO_PROJECT
  const parts = new Map<string, Map<string, FileCoverage>>()
  for (const [path, file] of coverage) {
    const name = nameOf(path)
    const part = parts.get(name) ?? new Map<string, FileCoverage>()
    parts.set(name, part.set(path, file))
  }
  return new Map([...parts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

const depth = (root: string): number => (root === '.' ? 0 : root.split('/').length)

export function coverageRecord(coverage: Coverage, projects: readonly ProjectFolder[]): CoverageRecord {
  return {
    totals: coverageTotals(coverage),
    files: coverage.size,
    projects: [...byProject(coverage, projects)].map(([name, files]) => ({
      name,
      files: files.size,
      totals: coverageTotals(files),
    })),
  }
}
