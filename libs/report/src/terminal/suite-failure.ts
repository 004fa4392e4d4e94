import type { SuiteRecord } from '@muster/model'
import { failedCases } from '../facts/suite-facts.ts'
import { plainLine } from '../text/plain-text.ts'
import { caseFailure } from './case-failure.ts'
import type { Style } from './style.ts'
import { suiteLine } from './suite-line.ts'
import { recordLine } from './suite-line-of.ts'

export interface FailureOptions {
  /** Absolute workspace root. */
  readonly root: string | undefined
  /** How many cases to print in full. */
  readonly limit: number
}

/** A troubled suite: its line, its failing cases, the command that repeats it. */
export function suiteFailure(suite: SuiteRecord, style: Style, options: FailureOptions): string[] {
  const failed = failedCases(suite)
  const shown = failed.slice(0, options.limit)
  const lines = [suiteLine(recordLine(suite), style, 0)]
  for (const testCase of shown) {
    lines.push('', ...caseFailure(testCase, style, options.root).map(indent))
  }
  const rest = failed.length - shown.length
  if (rest > 0) lines.push('', indent(style.dim(`… and ${rest} more failing; the report has them all`)))
  lines.push(...reproduceLines(suite, style))
  return lines
}

export const reproduceLines = (suite: SuiteRecord, style: Style): string[] =>
  suite.reproduce === undefined
    ? []
    : ['', indent(`${style.dim('reproduce:')} ${style.info(plainLine(suite.reproduce))}`)]

const indent = (line: string): string => (line === '' ? '' : `  ${line}`)
