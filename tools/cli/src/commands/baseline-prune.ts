import { pruneEntries } from '@muster/baselines'
import { readEvidence } from '@muster/engine'
import { baselinePath, nameOf, writeBaselines } from '@muster/engine/baselines'
import { measuredValues } from '@muster/model'
import { measuredSuites } from '../baseline/measured-suites.ts'
import { readAll } from '../baseline/read-all.ts'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { fail } from './history-open.ts'

export interface BaselinePruneOptions {
  /** Also everything of this class of machine. */
  readonly machine?: string
  readonly dryRun?: boolean
}

/** Drops the baselines of benchmarks that the last run of their suite no longer knew. */
export async function baselinePrune(
  patterns: readonly string[],
  { machine, dryRun }: BaselinePruneOptions,
): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) return fail(EXIT.usage, NO_WORKSPACE)
  const { suites, unknown } = await measuredSuites(root, patterns)
  const files = await readAll(root, suites)
  if (!files.ok) return fail(EXIT.usage, `muster: ${files.error}`)
  let missing = 0
  for (const { id } of suites) {
    const evidence = await readEvidence(root, id)
    if (!evidence.ok || !evidence.value.evidence.measurement) {
      console.error(`muster: ${id} stays as it is: what it measures now is unknown; run it first`)
      missing++
      continue
    }
    const values = measuredValues(evidence.value.evidence.measurement, evidence.value.cases)
    const known = new Set(values.map(({ benchmark, metric }) => JSON.stringify([nameOf(benchmark), metric])))
    const { file, removed } = pruneEntries(
      files.value.get(id)!,
      ({ benchmark, metric, machineClass }) =>
        known.has(JSON.stringify([benchmark, metric])) && machineClass !== machine,
    )
    for (const key of removed) console.log(`${id}: ${key.benchmark} ${key.metric}, ${key.machineClass}`)
    if (removed.length === 0 || dryRun === true) continue
    const stored = await writeBaselines(root, file)
    if (!stored.ok) return fail(EXIT.environment, `muster: ${stored.error}`)
    console.log(`${baselinePath(id)}: ${removed.length} removed`)
  }
  if (missing > 0) return EXIT.environment
  return unknown > 0 ? EXIT.usage : EXIT.passed
}
