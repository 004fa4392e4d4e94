import { availableParallelism } from 'node:os'
import { estimateMs, openMemory } from '@muster/engine'
import { formatDiagnostic, hasErrors, loadSuites, selectSuites, type SuiteGraph } from '@muster/graph'
import { unitId, type Suite } from '@muster/model'
import { simulate, type Simulation } from '@muster/scheduler'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { sayUnknown } from '../run/choose-suites.ts'
import { table } from '../table.ts'

/** Stands for suites that never ran here, when no other has either. */
const UNKNOWN_MS = 1000

export async function plan(
  patterns: readonly string[],
  options: { workers?: number; json?: boolean },
): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) {
    console.error(NO_WORKSPACE)
    return EXIT.usage
  }
  const { graph, diagnostics } = await loadSuites(root)
  for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic))
  const selection =
    patterns.length > 0 ? selectSuites(graph, patterns) : { selected: graph.suites, unknown: [] }
  sayUnknown(selection.unknown)
  const workers = options.workers ?? availableParallelism()
  const estimates = estimatesOf(root, selection.selected)
  const simulation = simulate(
    selection.selected.map((suite) => ({
      id: unitId(suite.id),
      dependsOn: graph.dependenciesOf(suite.id).map(unitId),
      priority: suite.priority,
      estimateMs: estimates.get(suite),
    })),
    workers,
    median([...estimates.values()]) ?? UNKNOWN_MS,
  )
  print({ graph, selected: selection.selected, estimates, simulation, workers }, options.json === true)
  return hasErrors(diagnostics) || selection.unknown.length > 0 ? EXIT.usage : EXIT.passed
}

interface Plan {
  readonly graph: SuiteGraph
  readonly selected: readonly Suite[]
  readonly estimates: ReadonlyMap<Suite, number>
  readonly simulation: Simulation
  readonly workers: number
}

function print({ graph, selected, estimates, simulation, workers }: Plan, json: boolean): void {
  const phase = new Map(graph.phases.flatMap((suites, index) => suites.map((suite) => [suite, index + 1])))
  const rows = simulation.units.map(({ unit, slot, startMs, endMs }) => {
    const suite = selected.find((each) => unitId(each.id) === unit)!
    return {
      suite,
      slot,
      startMs,
      endMs,
      phase: phase.get(suite.id) ?? 0,
      after: graph.dependenciesOf(suite.id),
    }
  })
  const { makespanMs, lowerBoundMs } = simulation
  if (json) {
    const suites = rows.map(({ suite, ...rest }) => ({
      name: suite.id,
      kind: suite.kind,
      priority: suite.priority,
      estimateMs: estimates.get(suite) ?? null,
      ...rest,
    }))
    console.log(JSON.stringify({ workers, makespanMs, lowerBoundMs, suites }, null, 2))
    return
  }
  if (rows.length === 0) {
    console.log('No suites. Declare one in a suite.json, or: npx nx g @muster/nx:init')
    return
  }
  console.log(
    table(
      ['START', 'END', 'WORKER', 'PHASE', 'SUITE', 'KIND', 'PRIORITY', 'USUALLY', 'AFTER'],
      rows.map(({ suite, slot, startMs, endMs, phase: level, after }) => [
        seconds(startMs),
        seconds(endMs),
        String(slot + 1),
        String(level),
        suite.id,
        suite.kind,
        suite.priority,
        estimates.has(suite) ? seconds(endMs - startMs) : 'unknown',
        after.join(', '),
      ]),
    ),
  )
  const distance = lowerBoundMs === 0 ? 0 : (makespanMs / lowerBoundMs - 1) * 100
  console.log(
    `\n${rows.length} suites on ${workers} worker${workers === 1 ? '' : 's'}: ${seconds(makespanMs)} if nothing is cached; ` +
      `no order can be faster than ${seconds(lowerBoundMs)} (${distance.toFixed(0)} % above that).`,
  )
  console.log('Within a phase: higher priority first, then the longest chain of work behind it.')
}

function estimatesOf(root: string, suites: readonly Suite[]): Map<Suite, number> {
  const found = new Map<Suite, number>()
  const memory = openMemory(root)
  for (const suite of suites) {
    const ms = estimateMs(memory.of(suite.id))
    if (ms !== undefined) found.set(suite, ms)
  }
  return found
}

const median = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)}s`
