import type { NxJsonConfiguration } from '../nx/devkit.ts'
import { isRecord, type WorkspaceFiles } from './workspace-files.ts'

/** Packages that decide how a mocha suite runs, whatever it imports. */
const RUNNER_PACKAGES = ['mocha', 'tsx', '@muster/nx']

/** Nx analyses imports only in workspaces that use one of these, unless nx.json says otherwise. */
const ANALYSED_WITH = ['workspace', 'js', 'node', 'next', 'react', 'angular', 'web'].map(
  (name) => `@nx/${name}`,
)

/**
 * The packages that a mocha suite's hash may be limited to (what the tests and the covered projects import
 * is added by Nx itself, from its analysis of imports). Undefined when the limit isn't safe, and the suite's
 * hash then has the whole lockfile in it:
 * - imports aren't analysed, so that an upgraded package would go unnoticed;
 * - the lockfile isn't npm's: Nx throws at a name it doesn't know, and only there is it plain which it knows.
 */
export function runnerPackages(
  files: WorkspaceFiles,
  nxJson: NxJsonConfiguration,
): readonly string[] | undefined {
  const { dependencies, devDependencies } = files.json('package.json') ?? {}
  const declared = new Set(
    [dependencies, devDependencies].flatMap((each) => (isRecord(each) ? Object.keys(each) : [])),
  )
  const lock = files.text('package-lock.json')
  if (lock === undefined || !analysesImports(nxJson, declared)) return undefined
  // npm writes the version first, and none for a link to a folder.
  const known = RUNNER_PACKAGES.filter(
    (name) => declared.has(name) && new RegExp(`"node_modules/${name}": \\{\\s*"version"`).test(lock),
  )
  return known.includes('mocha') ? known : undefined
}

function analysesImports(nxJson: NxJsonConfiguration, declared: ReadonlySet<string>): boolean {
  const config = nxJson.pluginsConfig?.['@nx/js']
  if (isRecord(config)) return config['analyzeSourceFiles'] !== false && config['analyzeLockfile'] !== false
  return ANALYSED_WITH.some((name) => declared.has(name))
}
