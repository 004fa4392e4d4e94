import { lineHits } from './line-coverage.ts'
import type { FileCoverage, Range } from './structure.ts'

type Counts = Pick<FileCoverage, 'statements' | 'functions' | 'branches'>

/**
 * What a file's coverage by one structure says about another structure of the same text: a part has the count of the
 * part that starts at the same place, or else of its line. What is nowhere told of did not run.
 */
export function project(from: FileCoverage, onto: Pick<FileCoverage, 'structure'>): Counts {
  const { structure } = onto
  const hits = lineHits(from)
  const statements = byStart(from.structure.statements, from.statements)
  const bodies = byStart(
    from.structure.functions.map(({ body }) => body),
    from.functions,
  )
  const declarations = byLine(
    from.structure.functions.map(({ declaration }) => declaration),
    from.functions,
  )
  const branches = new Map(
    from.structure.branches.map(({ type, at }, index) => [`${type} ${start(at)}`, from.branches[index]!]),
  )
  const ofLine = branchesByLine(from)
  return {
    statements: structure.statements.map((at) => statements.get(start(at)) ?? hits.get(at[0]) ?? 0),
    functions: structure.functions.map(
      ({ body, declaration }) =>
        bodies.get(start(body)) ?? declarations.get(declaration[0]) ?? hits.get(body[0]) ?? 0,
    ),
    branches: structure.branches.map(({ type, at, ways }) => {
      const exact = branches.get(`${type} ${start(at)}`) ?? ofLine.get(at[0])
      if (exact?.length === ways.length) return exact
      // A way that starts on a line of its own ran as often as the line; one that shares it stays unknown.
      return ways.map((way) => (way[0] === at[0] ? 0 : (hits.get(way[0]) ?? 0)))
    }),
  }
}

const start = ([line, column]: Range): string => `${line}:${column}`

function byStart(places: readonly Range[], counts: readonly number[]): Map<string, number> {
  return new Map(places.map((at, index) => [start(at), counts[index]!]))
}

function byLine(places: readonly Range[], counts: readonly number[]): Map<number, number> {
  return new Map(places.map(([line], index) => [line, counts[index]!]))
}

/** Only where a line has a single branch it is clear which one is meant. */
function branchesByLine({ structure, branches }: FileCoverage): Map<number, readonly number[]> {
  const found = new Map<number, readonly number[]>()
  for (const [index, { at }] of structure.branches.entries())
    found.set(at[0], found.has(at[0]) ? [] : branches[index]!)
  return found
}
