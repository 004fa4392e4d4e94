import type {
  BranchMapping,
  FileCoverageData,
  FunctionMapping,
  Range as IstanbulRange,
} from 'istanbul-lib-coverage'
import type { FileCoverage, Range } from './structure.ts'

/** In Istanbul's form, with `path` as the file's path. */
export function toIstanbul(path: string, { structure, ...counts }: FileCoverage): FileCoverageData {
  return {
    path,
    statementMap: numbered(structure.statements.map(istanbulRange)),
    fnMap: numbered(
      structure.functions.map(({ name, declaration, body }): FunctionMapping => ({
        name,
        decl: istanbulRange(declaration),
        loc: istanbulRange(body),
        line: declaration[0],
      })),
    ),
    branchMap: numbered(
      structure.branches.map(({ type, at, ways }): BranchMapping => ({
        type,
        loc: istanbulRange(at),
        line: at[0],
        locations: ways.map(istanbulRange),
      })),
    ),
    s: numbered(counts.statements),
    f: numbered(counts.functions),
    b: numbered(counts.branches.map((ways) => [...ways])),
  }
}

/** @throws TypeError when it isn't in Istanbul's form */
export function fromIstanbul(data: FileCoverageData): FileCoverage {
  const statements = Object.entries(data.statementMap).map(([id, at]) => ({
    at: ours(at),
    count: data.s[id],
  }))
  const functions = Object.entries(data.fnMap).map(([id, { name, decl, loc }]) => ({
    at: { name, declaration: ours(decl), body: ours(loc) },
    count: data.f[id],
  }))
  const branches = Object.entries(data.branchMap).map(([id, { type, loc, locations }]) => {
    const whole = ours(loc)
    const ways = locations.map((way) => (typeof way?.start?.line === 'number' ? ours(way) : whole))
    return { at: { type, at: whole, ways }, counts: ways.map((_, index) => count(data.b[id]?.[index])) }
  })
  statements.sort((a, b) => byRange(a.at, b.at))
  functions.sort((a, b) => byRange(a.at.body, b.at.body))
  branches.sort((a, b) => byRange(a.at.at, b.at.at))
  return {
    kind: 'tool',
    structure: {
      statements: statements.map(({ at }) => at),
      functions: functions.map(({ at }) => at),
      branches: branches.map(({ at }) => at),
    },
    statements: statements.map((each) => count(each.count)),
    functions: functions.map((each) => count(each.count)),
    branches: branches.map(({ counts }) => counts),
  }
}

const count = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : 0)

const numbered = <Value>(values: readonly Value[]): Record<string, Value> =>
  Object.fromEntries(values.map((value, index) => [index, value]))

const istanbulRange = ([line, column, endLine, endColumn]: Range): IstanbulRange => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
})

/** An end column may be null or infinite: up to the end of the line. */
const ours = ({ start, end }: IstanbulRange): Range => [
  start.line,
  start.column,
  end.line,
  Number.isFinite(end.column) ? (end.column ?? 0) : 0,
]

const byRange = (a: Range, b: Range): number => a[0] - b[0] || a[1] - b[1] || b[2] - a[2] || b[3] - a[3]
