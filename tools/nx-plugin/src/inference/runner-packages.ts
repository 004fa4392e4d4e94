import type { RunnerSpec } from '@muster/model'
import type { NxJsonConfiguration } from '../nx/devkit.ts'
import { PLUGIN_NAME } from '../nx/plugin-options.ts'
import { TOOL_INPUTS } from './tool-inputs.ts'
import { isRecord, type WorkspaceFiles } from './workspace-files.ts'

/** Nx analyses imports only in workspaces that use one of these, unless nx.json says otherwise. */
const ANALYSED_WITH = ['workspace', 'js', 'node', 'next', 'react', 'angular', 'web'].map(
  (name) => `@nx/${name}`,
)

/** The npm packages that a runner's suites depend on, whatever they import. */
export type RunnerPackages = (runner: RunnerSpec['name']) => readonly string[] | undefined

/**
 * The packages that a suite's hash may be limited to (what the tests and the covered projects import
 * is added by Nx itself, from its analysis of imports). Undefined when the limit isn't safe, and the suite's
 * hash then has the whole lockfile in it:
 * - imports aren't analysed, so that an upgraded package would go unnoticed;
 * - the lockfile isn't npm's: Nx throws at a name it doesn't know, and only there is it plain which it knows.
 * Runners of other languages depend on no package but ours.
 */
export function runnerPackages(files: WorkspaceFiles, nxJson: NxJsonConfiguration): RunnerPackages {
  const { dependencies, devDependencies } = files.json('package.json') ?? {}
  const declared = new Set(
    [dependencies, devDependencies].flatMap((each) => (isRecord(each) ? Object.keys(each) : [])),
  )
  const lock = files.text('package-lock.json')
  const analysed = analysesImports(nxJson, declared)
  // npm writes the version first, and none for a link to a folder.
  const isKnown = (name: string): boolean =>
    lock !== undefined &&
    declared.has(name) &&
    new RegExp(`"node_modules/${name}": \\{\\s*"version"`).test(lock)
  return (runner) => {
    const inputs = TOOL_INPUTS[runner]
    if (!inputs) return undefined
    if (inputs.packages === undefined) return [PLUGIN_NAME].filter(isKnown)
    const [own = '', ...others] = inputs.packages
    // node:test is a part of node, whose version is in the hash.
    const isThere = runner === 'node:test' ? lock !== undefined : isKnown(own)
    return isThere && analysed ? [own, ...others, PLUGIN_NAME].filter(isKnown) : undefined
  }
}

function analysesImports(nxJson: NxJsonConfiguration, declared: ReadonlySet<string>): boolean {
  const config = nxJson.pluginsConfig?.['@nx/js']
  if (isRecord(config)) return config['analyzeSourceFiles'] !== false && config['analyzeLockfile'] !== false
  return ANALYSED_WITH.some((name) => declared.has(name))
}
