import { lineCoverage } from '../line-coverage.ts'
import type { FileCoverage } from '../structure.ts'
import type { FormatContent, FormatWarning } from './read-format.ts'

interface CoveragePyFile {
  readonly executed_lines?: unknown
  readonly missing_lines?: unknown
  readonly executed_branches?: unknown
  readonly missing_branches?: unknown
}

/** What `coverage json` of coverage.py writes. It knows whether a line ran, not how often. */
export function readCoveragePy(json: { readonly files?: unknown }): FormatContent {
  const files: [string, FileCoverage][] = []
  const warnings: FormatWarning[] = []
  for (const [path, file] of Object.entries((json.files ?? {}) as Record<string, CoveragePyFile | null>)) {
    if (!file || !Array.isArray(file.executed_lines) || !Array.isArray(file.missing_lines)) {
      warnings.push({ message: `it says nothing of the lines of ${path}` })
      continue
    }
    const lines = new Map<number, number>()
    for (const line of numbers(file.missing_lines)) lines.set(line, 0)
    for (const line of numbers(file.executed_lines)) lines.set(line, 1)
    files.push([path, lineCoverage({ lines, branches: branchesOf(file) })])
  }
  return { files, warnings }
}

/** Each is a jump from a line to another one; the ways of a line in the order of where they lead. */
function branchesOf(file: CoveragePyFile): { line: number; ways: number[] }[] {
  const jumps = [
    ...pairs(file.executed_branches).map(([from, to]) => ({ from, to, count: 1 })),
    ...pairs(file.missing_branches).map(([from, to]) => ({ from, to, count: 0 })),
  ].toSorted((a, b) => a.from - b.from || a.to - b.to)
  const ways = new Map<number, number[]>()
  for (const { from, count } of jumps) ways.set(from, [...(ways.get(from) ?? []), count])
  return [...ways].map(([line, counts]) => ({ line, ways: counts }))
}

const numbers = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((each): each is number => Number.isInteger(each) && each > 0) : []

const pairs = (value: unknown): [number, number][] =>
  (Array.isArray(value) ? value : []).filter(
    (each): each is [number, number] =>
      Array.isArray(each) && typeof each[0] === 'number' && typeof each[1] === 'number',
  )
