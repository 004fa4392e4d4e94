import { compareMeasured, confirmAll, failing, isSuspect, toldOf } from '../baseline/compare-measured.ts'
import { comparisonTable, countVerdicts } from '../baseline/comparison-table.ts'
import { measureRounds } from '../baseline/measure-rounds.ts'
import { measuredSuites } from '../baseline/measured-suites.ts'
import { readAll } from '../baseline/read-all.ts'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { fail } from './history-open.ts'

export interface BaselineCompareOptions {
  readonly target: string
  readonly testTarget: string
  readonly rounds?: number
  /** A revision to build and measure beside the working tree. */
  readonly against?: string
  /** Shell command that makes a fresh checkout ready, in its root. */
  readonly build?: string
  /** Measured anew, whatever the caches hold. */
  readonly fresh?: boolean
  readonly json?: boolean
}

/** Measures, holds it against the committed baselines, and measures again what looks like a regression. */
export async function baselineCompare(
  patterns: readonly string[],
  options: BaselineCompareOptions,
): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) return fail(EXIT.usage, NO_WORKSPACE)
  const { suites, unknown } = await measuredSuites(root, patterns)
  if (suites.length === 0) return unknown > 0 ? EXIT.usage : EXIT.passed
  if (options.against !== undefined) {
    const { compareAgainst } = await import('../baseline/compare-against.ts')
    return Math.max(
      unknown > 0 ? EXIT.usage : 0,
      await compareAgainst(root, suites, options.against, options),
    )
  }
  const files = await readAll(root, suites)
  if (!files.ok) return fail(EXIT.usage, `muster: ${files.error}`)
  const fileOf = (suite: string) => files.value.get(suite)!
  const rounds = { ...options, rounds: options.rounds ?? 1, skipCache: options.fresh === true }
  const first = await measureRounds(root, suites, rounds)
  if (!first.ok) return fail(EXIT.environment, `muster: ${first.error}`)
  let compared = await compareMeasured(root, first.value.measured, fileOf)
  const suspects = compared.filter(isSuspect).map(({ measured }) => measured.suite)
  if (suspects.length > 0) {
    console.error('muster: what looks like a regression is measured again, to confirm it')
    const again = await measureRounds(root, suspects, { ...rounds, skipCache: true })
    if (!again.ok) return fail(EXIT.environment, `muster: ${again.error}`)
    compared = confirmAll(compared, await compareMeasured(root, again.value.measured, fileOf))
  }
  const told = toldOf(compared)
  if (options.json === true) console.log(JSON.stringify({ comparisons: told }, null, 2))
  else if (told.length > 0) console.log(`${comparisonTable(told)}\n\n${countVerdicts(told)}`)
  for (const each of first.value.missing) console.error(`muster: not measured: ${each}`)
  if (failing(compared) > 0) return EXIT.failed
  if (first.value.missing.length > 0) return EXIT.environment
  return unknown > 0 ? EXIT.usage : EXIT.passed
}
