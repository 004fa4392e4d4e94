import type { NxJsonConfiguration } from '../nx/devkit.ts'
import { baseName, folderOf, type KnownProject } from '../inference/known-projects.ts'
import { withParents } from '../inference/workspace-files.ts'
import { CONFIG_FILES } from './detect-tools.ts'
import { findTests, type TestSearch } from './find-tests.ts'
import type { FoundTests } from './found-tests.ts'

export interface Workspace extends TestSearch {
  readonly projects: ReadonlyMap<string, KnownProject>
  /** Workspace-relative paths of all suite.json. */
  readonly suiteFiles: readonly string[]
  /** Those of files that may make a project by themselves, such as go.mod. */
  readonly configFiles: readonly string[]
}

/** All tests that no suite.json declares, in the order of folders. */
export function findAllTests(workspace: Workspace): FoundTests[] {
  const { projects, suiteFiles, configFiles, nxJson } = workspace
  const declared = new Set(suiteFiles.map((file) => ownerOf(folderOf(file), projects)))
  const all: (readonly [KnownProject, boolean])[] = [...projects.values()].map((each) => [each, true])
  if (!othersMakeProjects(nxJson)) {
    const roots = new Set(configFiles.filter((file) => CONFIG_FILES.has(baseName(file))).map(folderOf))
    for (const root of roots) {
      if (root !== '.' && !projects.has(root)) all.push([{ root, name: baseName(root), json: {} }, false])
    }
  }
  return all
    .filter(([{ root }]) => !declared.has(root))
    .toSorted(([a], [b]) => (a.root < b.root ? -1 : 1))
    .flatMap(([project, existing]) => findTests(project, existing, workspace))
}

/** The root of the project that a folder belongs to; the folder itself when there is none. */
const ownerOf = (folder: string, projects: ReadonlyMap<string, KnownProject>): string =>
  withParents(folder).find((each) => projects.has(each)) ?? folder

/**
 * Whether a plugin may make projects of folders without package.json and project.json: which, and under which name,
 * can't be seen from here, and a second name would take theirs away.
 */
export const othersMakeProjects = (nxJson: NxJsonConfiguration): boolean =>
  (nxJson.plugins ?? []).some((entry) => {
    const name = typeof entry === 'string' ? entry : entry.plugin
    return name !== '@muster/nx' && !/^@nx\/(?!gradle|maven|dotnet)/.test(name)
  })
