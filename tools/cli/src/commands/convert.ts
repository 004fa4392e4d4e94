import type { ResultFormat } from '@muster/model'
import { EXIT } from '../exit-codes.ts'
import { gatherReports } from '../results/gather-reports.ts'
import { CANT_TELL, type OutputFormat, outputFormat } from '../results/output-format.ts'
import { writeReport } from '../results/write-report.ts'

export interface ConvertOptions {
  readonly from: ResultFormat | 'auto'
  readonly to?: OutputFormat
}

/** One report in another format. */
export async function convert(input: string, output: string, options: ConvertOptions): Promise<number> {
  const format = options.to ?? outputFormat(output)
  if (format === undefined) {
    console.error(`muster: ${output}: ${CANT_TELL}`)
    return EXIT.usage
  }
  const gathered = await gatherReports([input], options.from)
  if (!gathered) return EXIT.usage
  const { reports, ...facts } = gathered
  const cases = reports.flat()
  const problem = await writeReport(output, format, { ...facts, cases, command: `muster convert ${input}` })
  if (problem !== undefined) {
    console.error(`muster: ${problem}`)
    return EXIT.environment
  }
  console.log(`${cases.length} test cases written to ${output} as ${format}`)
  return EXIT.passed
}
