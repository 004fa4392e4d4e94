import type { BranchPlace, FileCoverage, FunctionPlace, Range } from './structure.ts'

/** What is known of a file by a format that counts lines. */
export interface LineFacts {
  /** Hits by line. */
  readonly lines: ReadonlyMap<number, number>
  readonly functions?: readonly LineFunction[]
  readonly branches?: readonly LineBranch[]
}

export interface LineFunction {
  readonly name: string
  readonly line: number
  readonly count: number
}

/** The ways of a line in their order, with their hits. */
export interface LineBranch {
  readonly line: number
  readonly ways: readonly number[]
}

/** Each line is a statement. */
export function lineCoverage({ lines, functions = [], branches = [] }: LineFacts): FileCoverage {
  const statements = [...lines].toSorted(([a], [b]) => a - b)
  const sortedFunctions = functions.toSorted((a, b) => a.line - b.line || (a.name < b.name ? -1 : 1))
  const sortedBranches = branches.toSorted((a, b) => a.line - b.line)
  return {
    kind: 'lines',
    structure: {
      statements: statements.map(([line]) => lineRange(line)),
      functions: sortedFunctions.map(functionPlace),
      branches: sortedBranches.map(branchPlace),
    },
    statements: statements.map(([, hits]) => hits),
    functions: sortedFunctions.map(({ count }) => count),
    branches: sortedBranches.map(({ ways }) => ways),
  }
}

const lineRange = (line: number): Range => [line, 0, line, 0]

const functionPlace = ({ name, line }: LineFunction): FunctionPlace => ({
  name,
  declaration: lineRange(line),
  body: lineRange(line),
})

const branchPlace = ({ line, ways }: LineBranch): BranchPlace => ({
  type: 'line',
  at: lineRange(line),
  ways: ways.map(() => lineRange(line)),
})

/** Hits of a file's lines: those of the statement that starts there and ran most. */
export function lineHits({
  structure,
  statements,
}: Pick<FileCoverage, 'structure' | 'statements'>): Map<number, number> {
  const hits = new Map<number, number>()
  for (const [index, [line]] of structure.statements.entries())
    hits.set(line, Math.max(hits.get(line) ?? 0, statements[index]!))
  return hits
}

/** A file's coverage with all that is finer than a line taken away. */
export function asLines(file: FileCoverage): FileCoverage {
  if (file.kind === 'lines') return file
  const { structure } = file
  const functions = structure.functions.map(({ name, declaration: [line] }, index) => ({
    name,
    line,
    count: file.functions[index]!,
  }))
  const branches = structure.branches.map(({ at: [line] }, index) => ({ line, ways: file.branches[index]! }))
  return mergeLines([lineCoverage({ lines: lineHits(file), functions, branches })])
}

/** Everything that any of them knows; hits of the same line, function or way add up. */
export function mergeLines(files: readonly FileCoverage[]): FileCoverage {
  const lines = new Map<number, number>()
  const functions = new Map<string, LineFunction>()
  const branches = new Map<number, readonly number[]>()
  for (const { structure, statements, functions: calls, branches: taken } of files) {
    for (const [index, [line]] of structure.statements.entries())
      lines.set(line, (lines.get(line) ?? 0) + statements[index]!)
    for (const [index, { name, declaration }] of structure.functions.entries()) {
      const [line] = declaration
      const key = `${line} ${name}`
      functions.set(key, { name, line, count: (functions.get(key)?.count ?? 0) + calls[index]! })
    }
    for (const [index, { at }] of structure.branches.entries())
      branches.set(at[0], addWays(branches.get(at[0]) ?? [], taken[index]!))
  }
  return lineCoverage({
    lines,
    functions: [...functions.values()],
    branches: [...branches].map(([line, ways]) => ({ line, ways })),
  })
}

export const addWays = (a: readonly number[], b: readonly number[]): number[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, index) => (a[index] ?? 0) + (b[index] ?? 0))
