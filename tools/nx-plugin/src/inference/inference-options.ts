import type { SuiteKind } from '@muster/model'
import type { MusterPluginOptions } from '../nx/plugin-options.ts'

/** What the inference reads of the plugin's options in nx.json. */
export interface InferenceOptions extends MusterPluginOptions {
  /**
   * Names of projects that have neither a project.json nor a package.json because another plugin infers
   * them, so that suites may cover them. Default: none.
   */
  readonly knownProjects?: readonly string[]
  /**
   * Runners whose tests become suites without a suite.json, in every project that has their configuration:
   * `vitest`, `jest`, `mocha`, `node:test`, `playwright`, `pytest`, `go`, `cargo`. Default: none.
   */
  readonly infer?: readonly string[]
}

/** The target of a suite: `test`, or `bench` for suites that measure. */
export function targetNameOf(kind: SuiteKind, options: InferenceOptions): string {
  return kind === 'performance' ? (options.benchTargetName ?? 'bench') : (options.targetName ?? 'test')
}
