import type { ProjectFolder, Suite } from '@muster/model'
import type { SuitePlace } from './suite-places.ts'

/**
 * A suite that collects coverage, with the folders of what it covers: by default the projects in `covers` and the one
 * that it is a part of. Projects below them that it doesn't cover are none of its business.
 * @param projects all of the workspace
 */
export function withCoverageProjects(
  suite: Suite,
  place: SuitePlace,
  projects: readonly ProjectFolder[],
): Suite {
  if (suite.coverage === undefined) return suite
  const covers = new Set(suite.covers)
  const own = (root: string): boolean => place.existing && root === place.root
  const covered = projects.filter(({ name, root }) => covers.has(name) || own(root))
  const roots = new Set(covered.map(({ root }) => root))
  const notRoots = projects
    .map(({ root }) => root)
    .filter((root) => !roots.has(root) && covered.some((outer) => isBelow(root, outer.root)))
  return { ...suite, coverage: { ...suite.coverage, projects: covered, notRoots } }
}

const isBelow = (inner: string, outer: string): boolean =>
  inner !== outer && (outer === '.' || inner.startsWith(`${outer}/`))
