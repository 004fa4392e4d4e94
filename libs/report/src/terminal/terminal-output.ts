import type { SuiteRecord } from '@muster/model'
import { suiteFlakyFindings } from '../facts/flaky-findings.ts'
import { isTroubled, quarantinedCases } from '../facts/suite-facts.ts'
import { plainText } from '../text/plain-text.ts'
import { tailLines } from '../text/clip.ts'
import { flakyLines, quarantineLines } from './doubtful-lines.ts'
import { PLAIN_STYLE, type Style } from './style.ts'
import { suiteFailure } from './suite-failure.ts'
import { suiteLine } from './suite-line.ts'
import { recordLine } from './suite-line-of.ts'

const TAIL_LINES = 40

export interface TerminalOutputOptions {
  /** Captured text, when there was any. */
  readonly stdout?: string
  readonly stderr?: string
  /** Absolute workspace root, to shorten paths in stacks. */
  readonly root?: string
  /** Without colours when absent: Nx stores this text beside the cached result. */
  readonly style?: Style
  /** For `2 h ago`; milliseconds since the epoch. */
  readonly now?: number
}

/**
 * What Nx shows for one task: a line for a pass, with what was flaky or failed in quarantine; every failing case and
 * the tail of the output for a failure.
 */
export function terminalOutput(record: SuiteRecord, options: TerminalOutputOptions = {}): string {
  const style = options.style ?? PLAIN_STYLE
  if (!isTroubled(record)) {
    const line = suiteLine(recordLine(record), style, options.now ?? Date.now())
    return [line, ...doubtfulLines(record, style), ''].join('\n')
  }
  const failure = suiteFailure(record, style, { root: options.root, limit: Number.POSITIVE_INFINITY })
  return [
    ...outputTail('stdout', options.stdout, style),
    ...outputTail('stderr', options.stderr, style),
    ...failure,
    ...doubtfulLines(record, style),
    '',
  ].join('\n')
}

/** What a status alone would pass over in silence. */
const doubtfulLines = (record: SuiteRecord, style: Style): string[] => [
  ...quarantinedCases(record).flatMap((each) => quarantineLines(record, each, style)),
  ...suiteFlakyFindings(record).flatMap((finding) => flakyLines(finding, style)),
]

function outputTail(name: string, text: string | undefined, style: Style): string[] {
  const clean = plainText(text ?? '')
  if (clean.trim() === '') return []
  return [style.dim(`${name}:`), ...tailLines(clean, TAIL_LINES).map((line) => `  ${line}`), '']
}
