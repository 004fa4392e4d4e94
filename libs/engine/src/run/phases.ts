import type { PlannedSuite, SuiteId } from '@muster/model'

/**
 * Topological levels: a suite's phase is one behind the latest of its dependencies in this run. Phases are
 * for people; execution isn't phase-locked.
 */
export function phasesOf(suites: readonly PlannedSuite[]): SuiteId[][] {
  const open = new Map(suites.map((each) => [each.suite, each]))
  const phases: SuiteId[][] = []
  while (open.size > 0) {
    const ready = [...open.values()].filter(
      (each) => !each.dependsOn.some((dependency) => open.has(dependency)),
    )
    // Nx refuses cyclic task graphs; should one come through, its rest is one phase.
    const phase = (ready.length > 0 ? ready : [...open.values()]).map((each) => each.suite)
    phases.push(phase)
    for (const suite of phase) open.delete(suite)
  }
  return phases
}
