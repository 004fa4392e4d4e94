import type { ResultFormat } from '@muster/model'
import type { ReadWarning } from '@muster/results'
import { EXIT } from '../exit-codes.ts'
import { describeWarning } from '../results/describe-warning.ts'
import type { Report } from '../results/read-report.ts'
import { readReports } from '../results/read-reports.ts'
import { addTotals, NO_TOTALS } from '../results/totals.ts'
import { table } from '../table.ts'

export interface ResultsOptions {
  readonly format: ResultFormat | 'auto'
  readonly json?: boolean
  readonly failOnFailure?: boolean
}

/** What result files of any tool hold. */
export async function results(files: readonly string[], options: ResultsOptions): Promise<number> {
  const reports = await readReports(files, options.format, () => undefined)
  if (options.json === true) console.log(JSON.stringify(asJson(reports), null, 2))
  else showAsText(reports)
  if (reports.some(({ ok }) => !ok)) return EXIT.usage
  return options.failOnFailure === true && !reports.every(isGreen) ? EXIT.failed : EXIT.passed
}

/** A report that is cut off proves nothing. */
const isGreen = (report: Report): boolean =>
  report.ok &&
  report.summary.complete &&
  report.summary.totals.failed === 0 &&
  report.summary.totals.errors === 0

const totalsOf = (report: Report): typeof NO_TOTALS => (report.ok ? report.summary.totals : NO_TOTALS)

const warningsOf = (report: Report): readonly ReadWarning[] =>
  report.ok ? report.summary.warnings : [{ file: report.file, message: report.message }]

const asJson = (reports: readonly Report[]): object => ({
  files: reports.map((report) => ({
    file: report.file,
    format: report.ok ? report.format : null,
    complete: report.ok && report.summary.complete,
    totals: totalsOf(report),
    warnings: warningsOf(report),
  })),
  totals: reports.map(totalsOf).reduce(addTotals, NO_TOTALS),
  warnings: reports.flatMap(warningsOf),
})

const HEADER = ['FORMAT', 'SUITES', 'TESTS', 'PASSED', 'FAILED', 'ERRORS', 'SKIPPED', 'TIME', 'FILE']

function showAsText(reports: readonly Report[]): void {
  for (const report of reports) {
    if (!report.ok) console.error(`muster: ${report.message}`)
    else for (const warning of report.summary.warnings) console.error(describeWarning(warning))
  }
  const read = reports.filter((report) => report.ok)
  const rows = read.map((report) => row(report.format, totalsOf(report), report.file))
  const sum = read.map(totalsOf).reduce(addTotals, NO_TOTALS)
  if (rows.length > 1) rows.push(row('', sum, `${rows.length} files`))
  if (rows.length > 0) console.log(table(HEADER, rows))
}

const row = (format: string, totals: typeof NO_TOTALS, file: string): string[] => [
  format,
  ...[totals.suites, totals.tests, totals.passed, totals.failed, totals.errors, totals.skipped].map(String),
  `${(totals.durationMs / 1000).toFixed(2)} s`,
  file,
]
