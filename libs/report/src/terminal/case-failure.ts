import type { CaseError, TestCase } from '@muster/model'
import { compactDiff, diffLines } from '../text/diff-lines.ts'
import { plainLine, plainText } from '../text/plain-text.ts'
import { frameText, shortStack } from '../text/short-stack.ts'
import type { Style } from './style.ts'

const MAX_MESSAGE_LINES = 20
const MAX_DIFF_LINES = 40

export const casePath = (testCase: TestCase, style: Style): string =>
  testCase.path.map(plainLine).join(` ${style.symbols.pathSeparator} `)

/** One failing case: name, message, diff, short stack. @param root absolute, to shorten paths */
export function caseFailure(testCase: TestCase, style: Style, root: string | undefined): string[] {
  const hook = testCase.hook === true ? style.dim('  (hook)') : ''
  const title = `${style.bad(style.symbols.failed)} ${style.bold(casePath(testCase, style))}${hook}`
  return [title, ...errorLines(testCase, style, root).map((line) => (line === '' ? '' : `  ${line}`))]
}

function errorLines(testCase: TestCase, style: Style, root: string | undefined): string[] {
  const { error } = testCase
  if (!error) return testCase.file === undefined ? [] : [style.dim(`at ${plainLine(testCase.file)}`)]
  return [
    ...messageLines(error).map(style.bad),
    ...diffOf(error, style),
    ...whereLines(testCase, error, root).map(style.dim),
  ]
}

/** Assertion libraries put their own diff below the message; ours replaces it. */
function messageLines(error: CaseError): string[] {
  const all = plainText(error.message).trimEnd().split('\n')
  const lines = hasBothSides(error) ? all.slice(0, 1) : all
  return lines.length > MAX_MESSAGE_LINES
    ? [...lines.slice(0, MAX_MESSAGE_LINES), `… ${lines.length - MAX_MESSAGE_LINES} more lines`]
    : lines
}

const hasBothSides = (error: CaseError): boolean =>
  error.expected !== undefined && error.actual !== undefined && error.expected !== error.actual

function diffOf(error: CaseError, style: Style): string[] {
  if (!hasBothSides(error)) return []
  const diff = compactDiff(diffLines(plainText(error.expected ?? ''), plainText(error.actual ?? '')), 2)
  const paint = { same: style.dim, expected: style.good, actual: style.bad }
  const sign = { same: ' ', expected: '-', actual: '+' }
  const lines = diff
    .slice(0, MAX_DIFF_LINES)
    .map((line) => paint[line.type](`${sign[line.type]} ${line.text}`))
  const rest = diff.length - lines.length
  return [
    `${style.good('- expected')}  ${style.bad('+ actual')}`,
    ...lines,
    ...(rest > 0 ? [style.dim(`… ${rest} more lines`)] : []),
  ]
}

function whereLines(testCase: TestCase, error: CaseError, root: string | undefined): string[] {
  const frames = error.stack === undefined ? [] : shortStack(plainText(error.stack), root)
  if (frames.length > 0) return frames.map(frameText)
  return testCase.file === undefined ? [] : [`at ${plainLine(testCase.file)}`]
}
