import { readSuites } from '@muster/graph'
import { isOptedIn } from '../adoption/adopted-suite.ts'
import { findAllTests } from '../adoption/find-all-tests.ts'
import type { NxJsonConfiguration } from '../nx/devkit.ts'
import type { InferenceInput } from './infer-suites.ts'
import type { InferenceOptions } from './inference-options.ts'
import { baseName, knownProjects } from './known-projects.ts'
import { workspaceFiles } from './workspace-files.ts'

/**
 * Suite files, and the files that make projects: Nx has them at hand, and their names say which projects a suite may
 * cover, and where tests may be that nobody has declared.
 */
export const WORKSPACE_GLOB =
  '**/{suite.json,project.json,package.json,go.mod,Cargo.toml,pytest.ini,pyproject.toml}'

/** Reads what is declared, and finds what isn't. @param matched all files of `WORKSPACE_GLOB`, workspace-relative */
export async function gatherSuites(
  root: string,
  matched: readonly string[],
  nxJson: NxJsonConfiguration,
  options: InferenceOptions,
): Promise<InferenceInput> {
  const files = workspaceFiles(root)
  const sources = matched.filter((file) => baseName(file) === 'suite.json')
  const configFiles = matched.filter((file) => baseName(file) !== 'suite.json')
  const projects = knownProjects(configFiles, files)
  const { infer } = options
  const found = infer
    ? findAllTests({ projects, suiteFiles: sources, configFiles, files, nxJson, options }).filter((tests) =>
        isOptedIn(tests, infer),
      )
    : []
  const declares = found.some(({ state }) => state.kind === 'taken-over' && state.declare)
  return {
    parsed: await readSuites(root, sources),
    projects,
    found,
    // The schema library is slow to load.
    ...(declares && { parse: (await import('@muster/graph/parse')).parseSuite }),
    files,
    nxJson,
    options,
  }
}
