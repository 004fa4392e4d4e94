import { posix } from 'node:path'
import type { Suite } from '@muster/model'
import type { NxJsonConfiguration, TargetConfiguration } from '../nx/devkit.ts'
import { withParents, type WorkspaceFiles } from './workspace-files.ts'

export type TargetInputs = NonNullable<TargetConfiguration['inputs']>

/**
 * Verdicts depend on Node and the machine, and neither is in Nx's hash. One command for all suites, since Nx runs
 * each distinct command once; `node --version` takes 5 ms where evaluating an expression takes 80.
 */
export const RUNTIME_INPUT = { runtime: `node --version && echo ${process.platform}-${process.arch}` }

const MOCHA_FILES = /^(\.mocharc\.(js|cjs|mjs|yaml|yml|json|jsonc)|tsconfig(\.base)?\.json)$/

export interface InputFacts {
  readonly files: WorkspaceFiles
  readonly nxJson: NxJsonConfiguration
  readonly runnerPackages: readonly string[] | undefined
}

/**
 * Everything that can change the suite's verdict. What it covers comes in by `^`: `covers` are implicit dependencies
 * of its project, and Nx adds to them whatever they depend on, npm packages included.
 */
export function suiteInputs(suite: Suite, facts: InputFacts): TargetInputs {
  const named = facts.nxJson.namedInputs ?? {}
  const mocha = suite.runner.name === 'mocha'
  return [
    '{projectRoot}/**/*',
    ...(named['sharedGlobals'] ? ['sharedGlobals'] : []),
    named['production'] ? '^production' : '^default',
    ...(mocha ? configFiles(suite, facts.files) : []),
    ...suite.inputs,
    RUNTIME_INPUT,
    ...suite.env.map((name) => ({ env: name })),
    ...(mocha && facts.runnerPackages ? [{ externalDependencies: [...facts.runnerPackages] }] : []),
  ]
}

/** mocha and its TypeScript loader look for their configuration in all folders up to the root. */
function configFiles(suite: Suite, files: WorkspaceFiles): string[] {
  const found = withParents(suite.dir).flatMap((folder) =>
    [...files.entries(folder)]
      .filter((name) => MOCHA_FILES.test(name))
      .toSorted()
      .map((name) => posix.join(folder, name)),
  )
  const { runner } = suite
  const config =
    runner.name === 'mocha' && runner.config !== undefined ? posix.join(suite.dir, runner.config) : undefined
  if (config !== undefined && !config.startsWith('../')) found.push(config)
  const own = suite.dir === '.' ? '' : `${suite.dir}/`
  return found.filter((path) => !path.startsWith(own)).map((path) => `{workspaceRoot}/${path}`)
}
