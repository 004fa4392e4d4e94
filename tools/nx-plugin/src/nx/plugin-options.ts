import { usableOptions } from './usable-options.ts'

/** Options of the `@muster/nx` entry in nx.json's `plugins`. */
export interface MusterPluginOptions {
  /** Name of the inferred target; default `test`. */
  readonly targetName?: string
  /** Name of the target of suites of kind performance; default `bench`. */
  readonly benchTargetName?: string
  /** Units that run at a time; default: the machine's parallelism. */
  readonly workers?: number
  /** Stop the run at the first suite that doesn't pass. */
  readonly failFast?: boolean
  /** What the order of units is good for; default `balanced`. */
  readonly objective?: 'feedback' | 'makespan' | 'balanced'
  /** Permits of counted semaphores by name, such as `{"database": 4}`; a name that isn't here has one. */
  readonly semaphores?: Readonly<Record<string, number>>
  /** What this machine is, beyond its platform, architecture and board; `MUSTER_LABELS` adds to it. */
  readonly labels?: readonly string[]
  /** What `muster coverage` asks of a run; see `coverageOptionsSchema`. */
  readonly coverage?: unknown
  /** Finished suites reach Nx's cache in slices this long (seconds); default 10. */
  readonly sliceSeconds?: number
}

export interface NxJsonLike {
  readonly plugins?: readonly (string | { readonly plugin: string; readonly options?: unknown })[]
}

export const PLUGIN_NAME = '@muster/nx'

/** Without those that can't be used; `pluginOptionProblems` tells of them. */
export const pluginOptions = (nxJson: NxJsonLike): MusterPluginOptions =>
  usableOptions(writtenOptions(nxJson)).options

/** A sentence for each option that can't be used. */
export const pluginOptionProblems = (nxJson: NxJsonLike): readonly string[] =>
  usableOptions(writtenOptions(nxJson)).problems

function writtenOptions(nxJson: NxJsonLike): Readonly<Record<string, unknown>> {
  for (const entry of nxJson.plugins ?? []) {
    if (typeof entry !== 'string' && entry.plugin === PLUGIN_NAME && typeof entry.options === 'object') {
      return { ...entry.options }
    }
  }
  return {}
}
