import type { Suite } from '@muster/model'
import type { NxJsonConfiguration, TargetConfiguration } from '../nx/devkit.ts'
import type { RunnerPackages } from './runner-packages.ts'
import { configInputs, TOOL_INPUTS } from './tool-inputs.ts'
import type { WorkspaceFiles } from './workspace-files.ts'

export type TargetInputs = NonNullable<TargetConfiguration['inputs']>

/**
 * Verdicts depend on Node and the machine, and neither is in Nx's hash. One command for all suites, since Nx runs
 * each distinct command once; `node --version` takes 5 ms where evaluating an expression takes 80.
 */
export const RUNTIME_INPUT = { runtime: `node --version && echo ${process.platform}-${process.arch}` }

export interface InputFacts {
  readonly files: WorkspaceFiles
  readonly nxJson: NxJsonConfiguration
  readonly runnerPackages: RunnerPackages
}

/**
 * Everything that can change the suite's verdict. What it covers comes in by `^`: `covers` are implicit dependencies
 * of its project, and Nx adds to them whatever they depend on, npm packages included.
 */
export function suiteInputs(suite: Suite, facts: InputFacts): TargetInputs {
  const named = facts.nxJson.namedInputs ?? {}
  const packages = facts.runnerPackages(suite.runner.name)
  const runtime = TOOL_INPUTS[suite.runner.name]?.runtime
  return [
    '{projectRoot}/**/*',
    ...(named['sharedGlobals'] ? ['sharedGlobals'] : []),
    named['production'] ? '^production' : '^default',
    ...configInputs(suite, facts.files),
    ...suite.inputs,
    RUNTIME_INPUT,
    ...(runtime === undefined ? [] : [{ runtime }]),
    ...suite.env.map((name) => ({ env: name })),
    ...(packages ? [{ externalDependencies: [...packages] }] : []),
  ]
}
