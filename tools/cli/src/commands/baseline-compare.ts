import { compareMeasured, goneBaselines } from '../baseline/compare-measured.ts'
import { confirmAll, isSuspect } from '../baseline/compared-suite.ts'
import type { MeasureOptions } from '../baseline/measure-once.ts'
import { measureRounds } from '../baseline/measure-rounds.ts'
import { measuredSuites, type MeasuredSuite } from '../baseline/measured-suites.ts'
import { readAll } from '../baseline/read-all.ts'
import { openStopper } from '../baseline/stopper.ts'
import { tellComparison } from '../baseline/tell-comparison.ts'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { fail } from './history-open.ts'

export interface BaselineCompareOptions {
  readonly target?: string
  readonly testTarget?: string
  readonly rounds?: number
  /** A revision to build and measure beside the working tree. */
  readonly against?: string
  /** Shell command that makes a fresh checkout ready, in its root. */
  readonly build?: string
  /** Measured anew, whatever the caches hold. */
  readonly fresh?: boolean
  readonly json?: boolean
}

/** Measures, holds it against the committed baselines or another revision, and measures again what looks like a regression. */
export async function baselineCompare(
  patterns: readonly string[],
  options: BaselineCompareOptions,
): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) return fail(EXIT.usage, NO_WORKSPACE)
  const { suites, unknown } = await measuredSuites(root, patterns)
  if (suites.length === 0) return unknown > 0 ? EXIT.usage : EXIT.passed
  const stopper = openStopper()
  try {
    const wanted = { ...options, isStopped: stopper.isStopped }
    const code = await compareWith(root, suites, wanted)
    return code === EXIT.passed && unknown > 0 ? EXIT.usage : code
  } finally {
    stopper.close()
  }
}

async function compareWith(
  root: string,
  suites: readonly MeasuredSuite[],
  options: BaselineCompareOptions & Pick<MeasureOptions, 'isStopped'>,
): Promise<number> {
  if (options.against !== undefined) {
    const { compareAgainst } = await import('../baseline/compare-against.ts')
    return compareAgainst(root, suites, options.against, options)
  }
  const files = await readAll(root, suites)
  if (!files.ok) return fail(EXIT.usage, `muster: ${files.error}`)
  const fileOf = (suite: string) => files.value.get(suite)!
  const failed = (): number => (options.isStopped() ? EXIT.aborted : EXIT.environment)
  const rounds = { ...options, rounds: options.rounds ?? 1, skipCache: options.fresh === true }
  const first = await measureRounds(root, suites, rounds)
  if (!first.ok) return fail(failed(), `muster: ${first.error}`)
  const { measured, missing, warnings } = first.value
  const remarks = [...warnings, ...goneBaselines(measured, fileOf)]
  let { records } = first.value
  let compared = await compareMeasured(root, measured, fileOf)
  const suspects = compared.filter(isSuspect).map((each) => each.measured.suite)
  if (suspects.length > 0) {
    console.error('muster: what looks like a regression is measured again, to confirm it')
    const again = await measureRounds(root, suspects, { ...rounds, skipCache: true })
    if (!again.ok) return fail(failed(), `muster: ${again.error}`)
    compared = confirmAll(compared, await compareMeasured(root, again.value.measured, fileOf))
    records = [...records, ...again.value.records]
  }
  return tellComparison(root, { suites: compared, records, missing, remarks }, options.json === true)
}
