import type { CoverageTotals } from '@muster/model'
import { lineHits } from '../line-coverage.ts'
import type { FileCoverage } from '../structure.ts'
import { fileTotals } from '../totals.ts'

/** What the page's script is given of a file. */
export interface PageFile {
  readonly path: string
  readonly project: string
  readonly totals: CoverageTotals
  /** Hits by line. */
  readonly hits: Readonly<Record<number, number>>
  /** What did not run in lines that did, by line, for people. */
  readonly gaps: Readonly<Record<number, readonly string[]>>
  /** Changed lines that no test runs. */
  readonly missing: readonly number[]
  /** Absent when the file is gone or the page would be too big. */
  readonly text?: string
}

export function pageFile(
  path: string,
  project: string,
  file: FileCoverage,
  text: string | undefined,
  missing: readonly number[],
): PageFile {
  const hits = lineHits(file)
  const gaps: Record<number, string[]> = {}
  const tell = (line: number, words: string): void => {
    if (hits.get(line) !== 0) (gaps[line] ??= []).push(words)
  }
  for (const [index, { name, declaration }] of file.structure.functions.entries())
    if (file.functions[index] === 0) tell(declaration[0], `function ${name} was never called`)
  for (const [index, { type, at, ways }] of file.structure.branches.entries()) {
    const taken = file.branches[index]!
    if (taken.every((count) => count === 0) && hits.get(at[0]) === 0) continue
    for (const [way, count] of taken.entries())
      if (count === 0) tell(type === 'if' ? at[0] : ways[way]![0], gap(type, way, ways.length))
  }
  return {
    path,
    project,
    totals: fileTotals(file),
    hits: Object.fromEntries(hits),
    gaps,
    missing,
    ...(text !== undefined && { text }),
  }
}

function gap(type: string, way: number, of: number): string {
  switch (type) {
    case 'if':
      return way === 0 ? 'the condition was never true' : 'the condition was never false'
    case 'cond-expr':
      return way === 0 ? 'the condition was never true' : 'the condition was never false'
    case 'switch':
      return 'this case never ran'
    case 'default-arg':
      return 'the default was never used'
    case 'binary-expr':
      return `part ${way + 1} of ${of} was never evaluated`
    default:
      return `way ${way + 1} of ${of} was never taken`
  }
}
