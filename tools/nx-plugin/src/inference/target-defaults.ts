import { globToRegExp, type Diagnostic } from '@muster/graph'
import type { NxJsonConfiguration, TargetConfiguration } from '../nx/devkit.ts'
import type { SuitePlace } from './suite-places.ts'
import { isRecord } from './workspace-files.ts'

/** Nx prefers defaults for an executor to those for a target's name, even when they are empty. */
export const SUITE_EXECUTOR = '@muster/nx:suite'

type Json = Readonly<Record<string, unknown>>
type DependsOn = NonNullable<TargetConfiguration['dependsOn']>

const REPLACEABLE = ['dependsOn', 'inputs', 'outputs'] as const
type Replaceable = (typeof REPLACEABLE)[number]

/** The key in nx.json's targetDefaults that Nx lays over a suite's target of this name. */
export function defaultsKey(nxJson: NxJsonConfiguration, target: string): string | undefined {
  const keys = Object.keys(nxJson.targetDefaults ?? {})
  const exact = [SUITE_EXECUTOR, target].find((key) => keys.includes(key))
  if (exact !== undefined) return exact
  const globs = keys.filter((key) => /[*?[{]/.test(key) && globToRegExp(key).test(target))
  return globs.toSorted((a, b) => b.length - a.length)[0]
}

/** What the defaults under this key would put in the place of what a suite declares; `...` (Nx 23) keeps it. */
export function replacedFields(nxJson: NxJsonConfiguration, key: string): readonly Replaceable[] {
  return REPLACEABLE.filter((field) =>
    entriesOf(nxJson, key).some((entry) => Array.isArray(entry[field]) && !entry[field].includes('...')),
  )
}

/**
 * What the workspace wants for targets of this name. Where suites have defaults of their own they don't get it from
 * Nx, so that the inference has to add it.
 */
export function hiddenDefaults(nxJson: NxJsonConfiguration, target: string): readonly Json[] {
  return defaultsKey(nxJson, target) === SUITE_EXECUTOR ? entriesOf(nxJson, target) : []
}

/** Builds that are wanted before a target of this name. */
export function inheritedDependsOn(nxJson: NxJsonConfiguration, target: string): DependsOn {
  return hiddenDefaults(nxJson, target).flatMap((entry) =>
    Array.isArray(entry['dependsOn'])
      ? (entry['dependsOn'] as DependsOn).filter((each) => each !== '...')
      : [],
  )
}

/** Without its evidence a suite isn't reported, and without its `dependsOn` it runs too early. */
export function defaultsDiagnostics(
  nxJson: NxJsonConfiguration,
  { target }: SuitePlace,
  source: string,
  hasDependencies: boolean,
): Diagnostic[] {
  const key = defaultsKey(nxJson, target)
  if (key === undefined) return []
  const fields = replacedFields(nxJson, key).filter((field) => field !== 'dependsOn' || hasDependencies)
  if (fields.length === 0) return []
  const severity = fields.every((field) => field === 'inputs') ? 'warning' : 'error'
  const remedy =
    key === SUITE_EXECUTOR
      ? `take them out of targetDefaults[${JSON.stringify(key)}]`
      : `add "${SUITE_EXECUTOR}": {} to targetDefaults, as npx nx g @muster/nx:init does`
  const message = `targetDefaults[${JSON.stringify(key)}] in nx.json replaces what this suite declares (${fields.join(', ')}); ${remedy}`
  return [{ severity, source, line: 1, column: 1, path: '$', message }]
}

/** Nx 23 also takes a list of defaults, each for some projects; any of them may apply. */
function entriesOf(nxJson: NxJsonConfiguration, key: string): Json[] {
  const value: unknown = (nxJson.targetDefaults as Record<string, unknown> | undefined)?.[key]
  return [value].flat().filter(isRecord)
}
