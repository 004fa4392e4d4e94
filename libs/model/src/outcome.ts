/**
 * How a unit of work ended. Each variant carries its evidence. Infrastructure trouble
 * (`environment-error`, `aborted`, `crashed`) is never `failed`, and the other way round.
 */
export type Outcome =
  | { readonly status: 'passed' }
  /** At least one test case or hook failed. `note` says when the runner's exit code told another story. */
  | { readonly status: 'failed'; readonly failures: number; readonly note?: string }
  /** The runner ended well but ran no test, and the suite doesn't allow that. */
  | { readonly status: 'no-tests'; readonly message: string }
  /** Never started; `reason` says why, for people. */
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'timed-out'; readonly limitMs: number }
  /** The runner ended without a trustworthy end-of-run message, or its exit code contradicts its results. */
  | {
      readonly status: 'crashed'
      readonly message: string
      readonly exitCode: number | null
      readonly signal: string | null
    }
  /** Stopped by us: Ctrl-C, fail-fast, a lost parent. */
  | { readonly status: 'aborted'; readonly reason: string }
  /** The suite could not be started: runner not installed, bad declaration, set-up failed. */
  | { readonly status: 'environment-error'; readonly message: string; readonly fix?: string }

export type Status = Outcome['status']

export const isGood = (outcome: Outcome): boolean => outcome.status === 'passed'

/** One line for people. Exhaustive on purpose: a new outcome must say how it reads. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.status) {
    case 'passed':
      return 'passed'
    case 'failed':
      return outcome.note ?? `${outcome.failures} failed`
    case 'no-tests':
      return outcome.message
    case 'skipped':
      return outcome.reason
    case 'timed-out':
      return `killed after its time limit of ${outcome.limitMs} ms`
    case 'crashed':
      return outcome.message
    case 'aborted':
      return outcome.reason
    case 'environment-error':
      return outcome.fix === undefined
        ? outcome.message
        : `${outcome.message.replace(/\.?$/, '.')} ${outcome.fix}`
  }
}
