import type { Structure } from '../structure.ts'

/**
 * Where in the text a counter is read off. An `else` that isn't written runs as often as its `if`, less what the
 * written way ran.
 */
export type Probe = number | { readonly of: number; readonly less: number }

/** A file's structure, and for each part of it the offset in the file at which V8's count is that part's. */
export interface ProbedSource {
  readonly structure: Structure
  readonly statements: readonly number[]
  readonly functions: readonly number[]
  readonly branches: readonly (readonly Probe[])[]
}
