import type { SuiteRecord } from '@muster/model'
import { isTroubled } from '../facts/suite-facts.ts'
import { plainText } from '../text/plain-text.ts'
import { tailLines } from '../text/clip.ts'
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

/** What Nx shows for one task: a line for a pass; every failing case and the tail of the output for a failure. */
export function terminalOutput(record: SuiteRecord, options: TerminalOutputOptions = {}): string {
  const style = options.style ?? PLAIN_STYLE
  if (!isTroubled(record)) {
    return `${suiteLine(recordLine(record), style, options.now ?? Date.now())}\n`
  }
  const failure = suiteFailure(record, style, { root: options.root, limit: Number.POSITIVE_INFINITY })
  return [
    ...outputTail('stdout', options.stdout, style),
    ...outputTail('stderr', options.stderr, style),
    ...failure,
    '',
  ].join('\n')
}

function outputTail(name: string, text: string | undefined, style: Style): string[] {
  const clean = plainText(text ?? '')
  if (clean.trim() === '') return []
  return [style.dim(`${name}:`), ...tailLines(clean, TAIL_LINES).map((line) => `  ${line}`), '']
}
