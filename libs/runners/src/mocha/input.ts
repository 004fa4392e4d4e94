import type { CaseRef } from '@muster/model'

/** What the coordinator hands to `unit-entry`; plain JSON. */
export interface MochaInput {
  /** Absolute workspace root; case files are told relative to it. */
  readonly root: string
  /** Absolute; the folder that mocha would have been started in. */
  readonly cwd: string
  readonly mocha: MochaFiles
  /** Mocha in one file with its code cache, or null to load mocha's own files. */
  readonly pack: Pack | null
  /** As mocha's own command line would have parsed them, in camel case. */
  readonly options: Readonly<Record<string, unknown>>
  /** Absolute, in loading order: what this unit loads. */
  readonly files: readonly string[]
  /** Absolute; those of the files that every part of the suite loads, mocha's `file` option. */
  readonly shared: readonly string[]
  /** Absolute; all test files of the suite, also those that this unit doesn't load. */
  readonly tests: readonly string[]
  /** Only these cases run. */
  readonly cases?: readonly CaseRef[]
  /** Absolute; where the coverage goes, when it is wanted. */
  readonly coverageDir?: string
  /** Nobody believes its failures: it ends with the first one. */
  readonly scout?: true
}

/** Absolute real paths inside the suite's mocha. */
export interface MochaFiles {
  readonly dir: string
  readonly version: string
  /** `lib/mocha.cjs` (12) or `lib/mocha.js` (10, 11). */
  readonly main: string
  readonly esmUtils: string
  readonly pluginLoader: string
}

export interface Pack {
  readonly code: string
  readonly cache: string
}

/** JSON has no regular expressions, but `.mocharc.cjs` may hold one as `grep`. */
export interface RegExpJson {
  readonly source: string
  readonly flags: string
}
