import { baselinePath, nameOf, writeBaselines } from '@muster/engine/baselines'
import type { MeasuredValue } from '@muster/model'
import { measureRounds } from '../baseline/measure-rounds.ts'
import { measuredSuites } from '../baseline/measured-suites.ts'
import { readAll } from '../baseline/read-all.ts'
import { writeEntries } from '../baseline/write-entries.ts'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { fail } from './history-open.ts'

export interface BaselineUpdateOptions {
  readonly target: string
  readonly testTarget: string
  readonly rounds: number
}

export interface BaselineAcceptOptions extends Omit<BaselineUpdateOptions, 'rounds'> {
  readonly why: string
}

/** Measures anew, and makes that the baseline of this machine class. */
export const baselineUpdate = (
  patterns: readonly string[],
  options: BaselineUpdateOptions,
): Promise<number> => record(patterns, { ...options, skipCache: true }, () => true)

/** Makes what was measured last the baseline of one benchmark, with the reason. */
export async function baselineAccept(name: string, options: BaselineAcceptOptions): Promise<number> {
  if (options.why.trim() === '') return fail(EXIT.usage, 'muster: --why is empty')
  const wanted = ({ benchmark, metric }: MeasuredValue): boolean =>
    nameOf(benchmark) === name || metric === name || `${nameOf(benchmark)} (${metric})` === name
  return record([], { ...options, rounds: 1, skipCache: false }, wanted, name)
}

interface RecordOptions extends BaselineUpdateOptions {
  readonly skipCache: boolean
  readonly why?: string
}

async function record(
  patterns: readonly string[],
  options: RecordOptions,
  wanted: (value: MeasuredValue) => boolean,
  name?: string,
): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) return fail(EXIT.usage, NO_WORKSPACE)
  const { suites, unknown } = await measuredSuites(root, patterns)
  if (suites.length === 0) return unknown > 0 ? EXIT.usage : EXIT.passed
  const files = await readAll(root, suites)
  if (!files.ok) return fail(EXIT.usage, `muster: ${files.error}`)
  const run = await measureRounds(root, suites, options)
  if (!run.ok) return fail(EXIT.environment, `muster: ${run.error}`)
  const { measured, missing } = run.value
  const recordedAt = new Date().toISOString()
  let total = 0
  for (const each of measured) {
    const setting = { recordedAt, ...(options.why !== undefined && { why: options.why }) }
    const { file, written, problems } = writeEntries(files.value.get(each.suite.id)!, each, wanted, setting)
    for (const problem of problems) console.error(`muster: no baseline: ${problem}`)
    total += written
    if (written === 0) continue
    await writeBaselines(root, file)
    console.log(`${baselinePath(each.suite.id)}: ${written} of "${each.measurement.machine}"`)
    const { othersCpus } = each.measurement
    if (othersCpus !== null && othersCpus >= LOADED)
      console.error(
        `muster: other processes kept ${othersCpus.toFixed(1)} cores busy while ${each.suite.id} was measured. Better measure again on an idle machine.`,
      )
  }
  for (const each of missing) console.error(`muster: not measured: ${each}`)
  if (name !== undefined && total === 0)
    return fail(
      EXIT.usage,
      `muster: no benchmark is called "${name}"; npx muster baseline compare lists them`,
    )
  if (total > 0) console.log('Commit this, so that it holds for everybody.')
  if (missing.length > 0) return EXIT.environment
  return unknown > 0 ? EXIT.usage : EXIT.passed
}

/** Cores. */
const LOADED = 0.25
