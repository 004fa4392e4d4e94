import type { ConductorOptions, ConductorParts } from './conductor-options.ts'
import type { HashBoard } from './hash-board.ts'
import type { PlannedUnits } from './plan-units.ts'
import { SharedSteps } from './shared-steps.ts'
import { SuiteRun } from './suite-run.ts'

/** A suite that is about to run; set-up and tear-down are shared when it has several units. */
export function createSuiteRun(
  { suite, units, carried }: PlannedUnits,
  { root, memory, machine, cores, env, skipCoverage = false }: ConductorOptions,
  { dispatcher, pool, clock }: ConductorParts,
  hashes: HashBoard,
): SuiteRun {
  const steps = units.length > 1 ? new SharedSteps(suite, { root, env }, pool, dispatcher, clock) : undefined
  const executions = units.map((unit) => ({ suite, unit, carried, attempts: [], ...(steps && { steps }) }))
  const hashOf = hashes.of.bind(hashes)
  const context = { root, memory, dispatcher, machine, cores, hashOf, skipCoverage }
  return new SuiteRun(suite, executions, context, steps)
}
