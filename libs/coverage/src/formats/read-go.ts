import { lineCoverage } from '../line-coverage.ts'
import type { FileCoverage } from '../structure.ts'
import type { FormatContent, FormatWarning } from './read-format.ts'

/** `path:line.column,line.column statements count` */
const BLOCK = /^(.+):(\d+)\.\d+,(\d+)\.(\d+) (\d+) (\d+)$/

/** A cover profile of Go. Its paths are import paths. A block's lines are counted, as `go tool cover` colours them. */
export function readGoProfile(text: string): FormatContent {
  const files = new Map<string, Map<number, number>>()
  const warnings: FormatWarning[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('mode:')) continue
    const [, path, from, to, endColumn, statements, count] = BLOCK.exec(line) ?? []
    if (path === undefined) {
      if (warnings.length < 20)
        warnings.push({ line: index + 1, message: `"${line.slice(0, 80)}" is no block` })
      continue
    }
    if (statements === '0') continue
    const lines = files.get(path) ?? new Map<number, number>()
    files.set(path, lines)
    // A block that ends with the brace of its line has nothing else there.
    const last = Number(endColumn) <= 2 ? Number(to) - 1 : Number(to)
    for (let at = Number(from); at <= Math.max(Number(from), Math.min(last, Number(from) + 100_000)); at++)
      lines.set(at, Math.max(lines.get(at) ?? 0, Number(count)))
  }
  const coverage = [...files].map(([path, lines]): [string, FileCoverage] => [path, lineCoverage({ lines })])
  return { files: coverage, warnings }
}
