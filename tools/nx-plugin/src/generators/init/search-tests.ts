import { findAllTests } from '../../adoption/find-all-tests.ts'
import type { FoundTests } from '../../adoption/found-tests.ts'
import { WORKSPACE_GLOB } from '../../inference/gather-suites.ts'
import type { InferenceOptions } from '../../inference/inference-options.ts'
import { baseName, knownProjects } from '../../inference/known-projects.ts'
import { glob, readNxJson, type Tree } from '../../nx/devkit.ts'
import { treeFiles } from '../tree-files.ts'

/** All tests of the workspace that no suite.json declares. */
export function searchTests(tree: Tree, options: InferenceOptions): FoundTests[] {
  const matched = glob(tree, [WORKSPACE_GLOB])
  const files = treeFiles(tree)
  const configFiles = matched.filter((file) => baseName(file) !== 'suite.json')
  return findAllTests({
    projects: knownProjects(configFiles, files),
    suiteFiles: matched.filter((file) => baseName(file) === 'suite.json'),
    configFiles,
    files,
    nxJson: readNxJson(tree) ?? {},
    options,
  })
}
