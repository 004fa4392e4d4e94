import { isQuarantinedFailure, type SuiteRecord } from '@muster/model'

/** A suite's own verdict as an entry beside its test cases. */
export interface VerdictCase {
  readonly name: string
  readonly result: 'error' | 'skipped'
  readonly message: string
}

/**
 * Result formats know verdicts of test cases only. A suite that crashed, ran out of time or had no tests
 * would look green there, so it gets an entry of its own: an error, or a skip for a suite that never ran.
 */
export function suiteVerdictCase(suite: SuiteRecord): VerdictCase | undefined {
  const { status, cases } = suite
  const name = `suite ${status}`
  const message = suite.message ?? name
  switch (status) {
    case 'passed':
      return undefined
    case 'failed': {
      const told = cases.some((each) => each.status === 'failed' && !isQuarantinedFailure(each))
      return told ? undefined : { name, result: 'error', message }
    }
    case 'skipped':
      return { name, result: 'skipped', message }
    case 'no-tests':
    case 'timed-out':
    case 'crashed':
    case 'aborted':
    case 'environment-error':
    case 'no-device':
      return { name, result: 'error', message }
  }
}
