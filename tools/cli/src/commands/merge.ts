import type { ResultFormat } from '@muster/model'
import { mergeCases } from '@muster/results'
import { EXIT } from '../exit-codes.ts'
import { gatherReports } from '../results/gather-reports.ts'
import { CANT_TELL, type OutputFormat, outputFormat } from '../results/output-format.ts'
import { writeReport } from '../results/write-report.ts'

export interface MergeOptions {
  readonly from: ResultFormat | 'auto'
  readonly to?: OutputFormat
  /** What becomes of a case that several reports have. */
  readonly same: 'attempts' | 'keep'
}

/** One report of many. */
export async function merge(
  output: string,
  inputs: readonly string[],
  options: MergeOptions,
): Promise<number> {
  const format = options.to ?? outputFormat(output)
  if (format === undefined) {
    console.error(`muster: ${output}: ${CANT_TELL}`)
    return EXIT.usage
  }
  const gathered = await gatherReports(inputs, options.from, output)
  if (!gathered) return EXIT.usage
  const { reports, ...facts } = gathered
  const cases = options.same === 'keep' ? reports.flat() : mergeCases(reports)
  const problem = await writeReport(output, format, { ...facts, cases, command: 'muster merge' })
  if (problem !== undefined) {
    console.error(`muster: ${problem}`)
    return EXIT.environment
  }
  const again = reports.flat().length - cases.length
  const note = again === 0 ? '' : `; ${again} were executed again`
  console.log(
    `${cases.length} test cases of ${reports.length === 1 ? '1 report' : `${reports.length} reports`} written to ${output} as ${format}${note}`,
  )
  return EXIT.passed
}
