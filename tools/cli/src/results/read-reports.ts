import type { TestCase } from '@muster/model'
import type { ResultFormat } from '@muster/model'
import { findFiles } from './find-files.ts'
import { type FormatOption, type Report, readReport } from './read-report.ts'

/** Reads all files that the arguments name, each once, in their order. */
export async function readReports(
  args: readonly string[],
  format: ResultFormat | 'auto',
  onCase: (testCase: TestCase, file: string) => void,
  option?: FormatOption,
): Promise<readonly Report[]> {
  const reports: Report[] = []
  const seen = new Set<string>()
  for (const argument of args) {
    const found = await findFiles(argument)
    if (!found.ok) {
      reports.push({ ok: false, file: argument, message: found.message })
      continue
    }
    for (const file of found.files) {
      if (seen.has(file)) continue
      seen.add(file)
      reports.push(await readReport(file, format, (testCase) => onCase(testCase, file), option))
    }
  }
  return reports
}
