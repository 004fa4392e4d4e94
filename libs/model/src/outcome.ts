/**
 * How a unit of work ended. Each variant carries its evidence. Infrastructure trouble
 * (`environment-error`, `aborted`, `crashed`) is never `failed`, and the other way round.
 */
export type Outcome =
  /** `quarantined` says how many test cases failed without counting, since they are in quarantine. */
  | { readonly status: 'passed'; readonly quarantined?: number }
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
  /** No machine of the run has the labels that the suite requires. */
  | { readonly status: 'no-device'; readonly missing: readonly string[] }

export type Status = Outcome['status']

/** Worst first. What a suite that was split came to is the worst of what its units came to. */
const BY_WEIGHT: readonly Status[] = [
  'failed',
  'crashed',
  'timed-out',
  'environment-error',
  'no-device',
  'aborted',
  'skipped',
  'no-tests',
  'passed',
]

/**
 * One outcome for the units of a suite, at least one. `no-tests` is said of a suite as a whole: one part of several
 * that has none has passed. A part that was skipped leaves a suite aborted of which another part ran.
 */
export function mergeOutcomes(outcomes: readonly Outcome[]): Outcome {
  const [first, ...others] = outcomes
  if (first === undefined) throw new Error('a suite has at least one unit')
  if (others.length === 0) return first
  const failures = outcomes.reduce((sum, each) => sum + (each.status === 'failed' ? each.failures : 0), 0)
  if (failures > 0) return { status: 'failed', failures }
  const worst = BY_WEIGHT.map((status) => outcomes.find((each) => each.status === status)).find(Boolean)!
  if (worst.status === 'skipped' && outcomes.some(({ status }) => status !== 'skipped')) {
    const count = outcomes.filter(({ status }) => status === 'skipped').length
    return { status: 'aborted', reason: `${count} of ${outcomes.length} shards did not run: ${worst.reason}` }
  }
  if (worst.status !== 'passed') return worst
  const quarantined = outcomes.reduce(
    (sum, each) => sum + (each.status === 'passed' ? (each.quarantined ?? 0) : 0),
    0,
  )
  return quarantined === 0 ? { status: 'passed' } : { status: 'passed', quarantined }
}

export const isGood = (outcome: Outcome): boolean => outcome.status === 'passed'

/** One line for people. Exhaustive on purpose: a new outcome must say how it reads. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.status) {
    case 'passed':
      return outcome.quarantined === undefined
        ? 'passed'
        : `passed, ${outcome.quarantined} failed in quarantine`
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
    case 'no-device':
      return `no machine of this run has the label${outcome.missing.length === 1 ? '' : 's'} ${outcome.missing.join(', ')}`
    case 'environment-error':
      return outcome.fix === undefined
        ? outcome.message
        : `${outcome.message.replace(/\.?$/, '.')} ${outcome.fix}`
  }
}
