import { err, ok, type Result } from '@muster/model'
import { separatorOf, splitRow } from './split-row.ts'
import type { Execution } from './test-history.ts'

export interface Row extends Execution {
  readonly cycle: string
  /** What was wrong with it, though it is usable. */
  readonly warning?: string
}

export type ReadRow = (line: string) => Result<Row, string>

/**
 * How to read the rows below a header. Columns are found by name, in any order and case: Name, Verdict, Duration (may be
 * missing), and BuildId or else Cycle. BuildId goes first because one cycle may hold several builds, in each of which a
 * test runs once.
 */
export function rowReader(header: string): Result<ReadRow, string> {
  const separator = separatorOf(header)
  const names = (splitRow(header, separator) ?? []).map((name) => name.toLowerCase())
  const test = names.indexOf('name')
  const verdict = names.indexOf('verdict')
  const duration = names.indexOf('duration')
  const build = names.indexOf('buildid')
  const cycle = build === -1 ? names.indexOf('cycle') : build
  const missing = [
    ...(test === -1 ? ['Name'] : []),
    ...(verdict === -1 ? ['Verdict'] : []),
    ...(cycle === -1 ? ['BuildId or Cycle'] : []),
  ]
  if (missing.length > 0)
    return err(`the header has no column ${missing.join(', ')}; its columns are: ${names.join(', ')}`)

  const needed = Math.max(test, verdict, cycle)
  return ok((line) => {
    const fields = splitRow(line, separator)
    if (fields === undefined) return err('a quote is not closed')
    if (fields.length <= needed)
      return err(`${fields.length} fields, where ${needed + 1} or more were expected`)
    if (fields[test] === '' || fields[cycle] === '') return err('no test name or no cycle')
    const failed = failedOf(fields[verdict]!)
    if (failed === undefined) return err(`the verdict "${fields[verdict]!}" is neither 0 nor 1`)
    const row = { test: fields[test]!, cycle: fields[cycle]!, failed }
    if (duration === -1) return ok({ ...row, duration: 0 })
    const time = Number(fields[duration]?.replace(',', '.') || Number.NaN)
    if (Number.isFinite(time) && time >= 0) return ok({ ...row, duration: time })
    return ok({ ...row, duration: 0, warning: `the duration "${fields[duration] ?? ''}" is taken as 0` })
  })
}

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['passed', false],
  ['pass', false],
  ['false', false],
  ['failed', true],
  ['fail', true],
  ['true', true],
])

/** Numbers other than 0 are kinds of failure in some histories. */
function failedOf(verdict: string): boolean | undefined {
  const word = WORDS.get(verdict.toLowerCase())
  if (word !== undefined) return word
  const number = Number(verdict || Number.NaN)
  return Number.isNaN(number) ? undefined : number !== 0
}
