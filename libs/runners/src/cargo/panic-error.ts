import type { CaseError } from '@muster/model'

/** Longest text that is kept, characters. */
const MAX_ERROR = 32 * 1024
const MAX_OUTPUT = 16 * 1024

const PANIC = /^thread '.*'(?: \(\d+\))? (?:has overflowed its stack|panicked at (.*))$/
/** Before Rust 1.73: the message, in quotes, before the place. */
const OLD = /^'([^]*)', (\S+:\d+:\d+)$/
const AFTER = /^(?:stack backtrace:|note: (?:run with|Some details|panic did not))/

export interface Failure {
  readonly error: CaseError
  /** What the test printed until it panicked; Rust captures both streams as one. */
  readonly stdout?: string
  /** Where it panicked, as rustc calls the file. */
  readonly place?: Place
}

export interface Place {
  readonly file: string
  readonly line: number
  readonly column?: number
}

/** What libtest tells of a failed test between `---- name stdout ----` and the next such line. */
export function failureOf(lines: readonly string[]): Failure {
  const at = lines.findIndex((line) => PANIC.test(line))
  const stack = cut(lines.join('\n').trim(), MAX_ERROR)
  const before = (at === -1 ? [] : lines.slice(0, at)).join('\n').trim()
  const message = at === -1 ? withoutPanic(lines) : panicMessage(lines.slice(at))
  const sides = /^assertion .* failed[^]*\n {2}left: ([^]*?)\n right: ([^]*)$/.exec(message)
  return {
    error: {
      message: cut(message, MAX_ERROR),
      ...(stack !== '' && stack !== message && { stack }),
      // By custom the value is on the left, and what it should be on the right.
      ...(sides && { actual: cut(sides[1]!, MAX_ERROR), expected: cut(sides[2]!, MAX_ERROR) }),
    },
    ...(before !== '' && { stdout: cut(before, MAX_OUTPUT) }),
    ...placeOf(lines[at]),
  }
}

function placeOf(panic = ''): { readonly place?: Place } {
  const [, file, line, column] = / ([^ ]+):(\d+):(\d+):?$/.exec(panic) ?? []
  return file === undefined ? {} : { place: { file, line: Number(line), column: Number(column) } }
}

/** `note: test did not panic as expected`, `Error: …` of a test that returns a result, or what a doc test prints. */
function withoutPanic(lines: readonly string[]): string {
  const said = lines.map((line) => line.trim()).filter(Boolean)
  return (
    said.findLast((line) => /^(?:note: test did not|Error: |error(?:\[E\d+\])?: )/.test(line)) ??
    said[0] ??
    'failed'
  )
}

function panicMessage([first = '', ...rest]: readonly string[]): string {
  const place = PANIC.exec(first)?.[1]
  if (place === undefined) return first
  const old = OLD.exec(place)
  if (old) return old[1]!
  const end = rest.findIndex((line) => AFTER.test(line))
  const message = (end === -1 ? rest : rest.slice(0, end)).join('\n').trim()
  const expectation = rest.findIndex((line) => line.startsWith('note: panic did not contain expected string'))
  const unmet =
    expectation === -1
      ? []
      : [
          rest
            .slice(expectation, expectation + 3)
            .join('\n')
            .slice('note: '.length),
        ]
  return [...unmet, ...(unmet.length > 0 || message === '' ? [] : [message])].join('\n') || 'panicked'
}

/** Its beginning and its end. */
const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit / 2)}\n… (cut)\n${text.slice(-limit / 2)}`
