import type { Counts, Outcome, ResultSource, Suite } from '@muster/model'
import type { RunnerCounts } from './runner.ts'

/** How a process ended; null when it is still there, because it is reused. */
export interface Exit {
  readonly code: number | null
  readonly signal: string | null
}

type Allowance = Pick<Suite, 'allowNoTests'>

export interface InProcessEvidence {
  readonly messages: {
    /** Of the `case` messages that arrived. */
    readonly cases: Counts
    readonly end?: RunnerCounts
    /** Of the `end` message. */
    readonly missing?: string
    /** The first `error` message. */
    readonly error?: { readonly message: string; readonly environment?: boolean }
  }
  readonly exit: Exit | null
  readonly suite: Allowance
}

/**
 * The outcome of a unit that ran in a worker. It passes only if the runner said that it ended, everything
 * it counted arrived, nothing failed, no fault was told, and the process didn't end badly.
 */
export function judgeInProcess({ messages, exit, suite }: InProcessEvidence): Outcome {
  const { cases, end, error, missing } = messages
  if (error?.environment === true) return { status: 'environment-error', message: error.message }
  if (!end) return crashed(error?.message ?? `the runner ended without a result: ${describeExit(exit)}`, exit)
  if (!agree(cases, end)) {
    return crashed(`results are incomplete: runner counted ${total(end)}, ${cases.tests} arrived`, exit)
  }
  if (end.failed > 0) {
    const note = error?.message ?? (endedBadly(exit) ? `the process then ${describeExit(exit)}` : undefined)
    return failed(end.failed, note)
  }
  if (error) return crashed(error.message, exit)
  if (endedBadly(exit)) return crashed(`no test failed, but the process ${describeExit(exit)}`, exit)
  // Whoever asks for certain cases wants to know about them, even where a suite without tests is fine.
  if (missing !== undefined && cases.tests === 0) return { status: 'no-tests', message: missing }
  return passedUnlessEmpty(cases, suite)
}

export interface CommandEvidence {
  readonly source: ResultSource
  readonly cases: Counts
  /** The results were there and were read to their end. */
  readonly complete: boolean
  /** The first warning of the reader, if any. */
  readonly warning?: string
  readonly exit: Exit
  readonly suite: Allowance
}

/** A shell's codes for "not executable" and "not found". */
const NOT_RUN: ReadonlySet<number | null> = new Set([126, 127])

/** The outcome of a command: its results and its exit code must tell the same story. */
export function judgeCommand(evidence: CommandEvidence): Outcome {
  const { source, cases, complete, warning, exit, suite } = evidence
  const because = warning === undefined ? '' : `: ${warning}`
  const silent = source.format === 'exit-code' || cases.tests === 0
  if (silent && NOT_RUN.has(exit.code)) {
    const message = `the command could not be run (exit code ${exit.code})`
    return {
      status: 'environment-error',
      message,
      fix: 'Install it, or correct "command" in the suite.json.',
    }
  }
  if (exit.code === null) return crashed(`the command ${describeExit(exit)}`, exit)
  if (!complete) {
    return crashed(`results are incomplete${because}; the command ${describeExit(exit)}`, exit)
  }
  if (cases.failed > 0) {
    const note = exit.code === 0 ? `${cases.failed} failed, though the command exited with code 0` : undefined
    return failed(cases.failed, source.format === 'exit-code' ? `the command ${describeExit(exit)}` : note)
  }
  if (exit.code !== 0) {
    return crashed(`none of ${cases.tests} tests failed, but the command ${describeExit(exit)}`, exit)
  }
  return passedUnlessEmpty(cases, suite)
}

function passedUnlessEmpty(cases: Counts, suite: Allowance): Outcome {
  if (cases.tests > 0 || suite.allowNoTests) return { status: 'passed' }
  return { status: 'no-tests', message: 'the runner ended well but ran no test' }
}

const failed = (failures: number, note: string | undefined): Outcome => ({
  status: 'failed',
  failures,
  ...(note !== undefined && { note }),
})

const crashed = (message: string, exit: Exit | null): Outcome => ({
  status: 'crashed',
  message,
  exitCode: exit?.code ?? null,
  signal: exit?.signal ?? null,
})

const total = (counts: RunnerCounts): number => counts.passed + counts.failed + counts.skipped

const agree = (cases: Counts, end: RunnerCounts): boolean =>
  cases.passed === end.passed && cases.failed === end.failed && cases.skipped === end.skipped

const endedBadly = (exit: Exit | null): boolean => exit !== null && exit.code !== 0

function describeExit(exit: Exit | null): string {
  if (exit === null) return 'it gave no sign of its end'
  if (exit.signal !== null) return `was killed by ${exit.signal}`
  if (exit.code === null) return 'ended in an unknown way'
  return `exited with code ${exit.code}`
}
