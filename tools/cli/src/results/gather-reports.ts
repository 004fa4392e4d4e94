import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { TestCase } from '@muster/model'
import type { ResultFormat } from '@muster/model'
import { describeWarning } from './describe-warning.ts'
import { readReports } from './read-reports.ts'

export interface Gathered {
  /** The cases of each report. */
  readonly reports: readonly (readonly TestCase[])[]
  readonly complete: boolean
  /** When the newest report was written; milliseconds since the epoch. */
  readonly at: number
}

/**
 * Reads reports whole, and says on stderr what is wrong with them; undefined when one can't be read at all:
 * a report that silently lacks one of its parts would be worse than none.
 * @param output a file that a glob may match from an earlier time, and that is no input
 */
export async function gatherReports(
  args: readonly string[],
  format: ResultFormat | 'auto',
  output?: string,
): Promise<Gathered | undefined> {
  const cases = new Map<string, TestCase[]>()
  const keep = (testCase: TestCase, file: string): void => {
    const own = cases.get(file) ?? []
    own.push(testCase)
    cases.set(file, own)
  }
  const read = await readReports(args, format, keep, '--from')
  const wanted = read.filter(
    ({ file }) => output === undefined || path.resolve(file) !== path.resolve(output),
  )
  for (const report of wanted) {
    if (!report.ok) console.error(`muster: ${report.message}`)
    else for (const warning of report.summary.warnings) console.error(describeWarning(warning))
  }
  if (wanted.some(({ ok }) => !ok)) return undefined
  if (wanted.length === 0) {
    console.error('muster: there is no report to read but the one to be written')
    return undefined
  }
  const times = await Promise.all(wanted.map(({ file }) => stat(file).then(({ mtimeMs }) => mtimeMs)))
  return {
    reports: wanted.map(({ file }) => cases.get(file) ?? []),
    complete: wanted.every((report) => report.ok && report.summary.complete),
    at: Math.max(...times),
  }
}
