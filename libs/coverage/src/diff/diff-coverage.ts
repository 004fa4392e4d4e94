import type { CoveredOf } from '@muster/model'
import type { Coverage, FileCoverage } from '../structure.ts'
import type { ChangedLines } from './parse-diff.ts'

/** From the first to the last line, both included. */
export type LineSpan = readonly [first: number, last: number]

export interface FileDiff {
  readonly path: string
  /** Changed lines that hold code. */
  readonly lines: CoveredOf
  readonly uncovered: readonly LineSpan[]
}

export interface DiffCoverage {
  readonly lines: CoveredOf
  /** Files with changed code, sorted by path. */
  readonly files: readonly FileDiff[]
  /** Changed files that no suite's coverage is about. */
  readonly unknown: readonly string[]
}

/** How much of what a change touches was run by a test. */
export function diffCoverage(coverage: Coverage, changed: ChangedLines): DiffCoverage {
  const files: FileDiff[] = []
  const unknown: string[] = []
  for (const [path, lines] of [...changed].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const file = coverage.get(path)
    if (!file) {
      unknown.push(path)
      continue
    }
    const hits = hitsOfCode(file)
    const code = lines.filter((line) => hits.has(line))
    if (code.length === 0) continue
    const missing = code.filter((line) => hits.get(line) === 0)
    files.push({
      path,
      lines: { covered: code.length - missing.length, total: code.length },
      uncovered: spans(missing),
    })
  }
  const sum = (key: keyof CoveredOf): number => files.reduce((total, { lines }) => total + lines[key], 0)
  return { lines: { covered: sum('covered'), total: sum('total') }, files, unknown }
}

/**
 * Hits of every line that belongs to a statement without others in it: a change in the third line of a call is one of
 * that call. Where several share a line the one that ran least counts, since it is what a reviewer should look at.
 */
function hitsOfCode({ structure, statements }: FileCoverage): Map<number, number> {
  const hits = new Map<number, number>()
  for (const [index, [first, , last]] of structure.statements.entries()) {
    const next = structure.statements[index + 1]
    const isLeaf = !next || next[0] > last || (next[0] === last && next[1] >= structure.statements[index]![3])
    const count = statements[index]!
    for (let line = first; line <= (isLeaf ? last : first); line++)
      hits.set(line, Math.min(hits.get(line) ?? Number.POSITIVE_INFINITY, count))
  }
  return hits
}

/** @param lines ascending */
export function spans(lines: readonly number[]): LineSpan[] {
  const all: [number, number][] = []
  for (const line of lines) {
    const last = all.at(-1)
    if (last && last[1] === line - 1) last[1] = line
    else all.push([line, line])
  }
  return all
}
