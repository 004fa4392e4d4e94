import { fewestSamples } from '@muster/baselines'
import { baselinePath, nameOf, writeBaselines } from '@muster/engine/baselines'
import type { MeasuredValue } from '@muster/model'
import { measureRounds } from '../baseline/measure-rounds.ts'
import { measuredSuites } from '../baseline/measured-suites.ts'
import { readAll } from '../baseline/read-all.ts'
import { openStopper } from '../baseline/stopper.ts'
import { suitesMeasuring } from '../baseline/suites-measuring.ts'
import { writeEntries } from '../baseline/write-entries.ts'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { fail } from './history-open.ts'

export interface BaselineUpdateOptions {
  readonly target?: string
  readonly testTarget?: string
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
  const { suites: all, unknown } = await measuredSuites(root, patterns)
  if (all.length === 0) return unknown > 0 ? EXIT.usage : EXIT.passed
  // What is wrong with the others is no reason not to accept this one.
  const suites = name === undefined ? all : await suitesMeasuring(root, all, wanted)
  const files = await readAll(root, suites)
  if (!files.ok) return fail(EXIT.usage, `muster: ${files.error}`)
  const stopper = openStopper()
  const run = await measureRounds(root, suites, { ...options, isStopped: stopper.isStopped })
  stopper.close()
  if (!run.ok) return fail(stopper.isStopped() ? EXIT.aborted : EXIT.environment, `muster: ${run.error}`)
  const { measured, missing, warnings } = run.value
  const setting = {
    recordedAt: new Date().toISOString(),
    ...(options.why !== undefined && { why: options.why }),
  }
  let total = 0
  for (const each of measured) {
    const entries = writeEntries(files.value.get(each.suite.id)!, each, wanted, setting)
    for (const problem of entries.problems) console.error(`muster: no baseline: ${problem}`)
    if (entries.written === 0) continue
    const stored = await writeBaselines(root, entries.file)
    if (!stored.ok) return fail(EXIT.environment, `muster: ${stored.error}`)
    total += entries.written
    console.log(`${baselinePath(each.suite.id)}: ${entries.written} of "${each.measurement.machine}"`)
    sayFew(each.suite.id, entries.few)
  }
  for (const each of warnings) console.error(`muster: ${each}`)
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

function sayFew(suite: string, few: number): void {
  if (few === 0) return
  const least = fewestSamples()
  console.error(
    `muster: ${suite}: ${few} of them have fewer than ${least} samples, by which no change can be told: --rounds ${least} measures ${least} times`,
  )
}
