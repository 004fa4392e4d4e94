/** `[line, column, end line, end column]`; lines from 1, columns from 0, as Istanbul counts. */
export type Range = readonly [number, number, number, number]

export interface FunctionPlace {
  readonly name: string
  readonly declaration: Range
  readonly body: Range
}

export interface BranchPlace {
  /** Istanbul's word: `if`, `cond-expr`, `switch`, `binary-expr`, `default-arg`; `line` where only the line is known. */
  readonly type: string
  readonly at: Range
  /** Its ways; an `else` that isn't written has the place of the `if`. */
  readonly ways: readonly Range[]
}

/** What can be counted in a file, in the order of its text. */
export interface Structure {
  readonly statements: readonly Range[]
  readonly functions: readonly FunctionPlace[]
  readonly branches: readonly BranchPlace[]
}

/**
 * Where a structure comes from, best first: `source`, read from the file itself by Istanbul's rules and so the same
 * for every runner; `tool`, what some instrumenter made of it; `lines`, a format that knows lines only.
 */
export type StructureKind = 'source' | 'tool' | 'lines'

/** How often each part of one structure ran; the arrays run parallel to the structure's. */
export interface FileCoverage {
  readonly kind: StructureKind
  readonly structure: Structure
  readonly statements: readonly number[]
  readonly functions: readonly number[]
  readonly branches: readonly (readonly number[])[]
}

/** By workspace-relative, '/'-separated path. */
export type Coverage = ReadonlyMap<string, FileCoverage>

/** The file as if it was never loaded. */
export const untested = (structure: Structure, kind: StructureKind = 'source'): FileCoverage => ({
  kind,
  structure,
  statements: structure.statements.map(() => 0),
  functions: structure.functions.map(() => 0),
  branches: structure.branches.map(({ ways }) => ways.map(() => 0)),
})
