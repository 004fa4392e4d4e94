import { planRun, type RunPlan } from '@muster/engine/plan'
import { formatDiagnostic, hasErrors, selectSuites } from '@muster/graph'
import type { Objective } from '@muster/model'
import {
  loadWorkspaceSuites,
  planSettings,
  pluginOptionProblems,
  pluginOptions,
  readNxJson,
} from '@muster/nx/why'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { planAsJson } from '../plan/plan-as-json.ts'
import { planAsText } from '../plan/plan-as-text.ts'
import { sayUnknown } from '../run/choose-suites.ts'

export interface PlanCommandOptions {
  /** The first is planned in full, the others are compared with it. */
  readonly workers?: readonly number[]
  readonly objective?: Objective
  readonly budget?: number
  readonly why?: boolean
  readonly json?: boolean
}

export async function plan(patterns: readonly string[], options: PlanCommandOptions): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) {
    console.error(NO_WORKSPACE)
    return EXIT.usage
  }
  const { graph, diagnostics } = await loadWorkspaceSuites(root)
  for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic))
  const { selected, unknown } =
    patterns.length > 0 ? selectSuites(graph, patterns) : { selected: graph.suites, unknown: [] }
  sayUnknown(unknown)
  if (selected.length === 0 && unknown.length > 0) return EXIT.usage
  const nxJson = readNxJson(root)
  const problems = pluginOptionProblems(nxJson)
  for (const problem of problems) console.error(`muster: ${problem}`)
  const settings = planSettings(pluginOptions(nxJson))
  const suites = selected.map((suite) => ({ suite, dependsOn: graph.dependenciesOf(suite.id) }))
  const plans: RunPlan[] = []
  for (const workers of options.workers ?? [settings.workers]) {
    plans.push(
      await planRun(root, suites, {
        ...settings,
        workers,
        ...(options.objective !== undefined && { objective: options.objective }),
        ...(options.budget !== undefined && { budgetMs: options.budget }),
      }),
    )
  }
  if (options.json === true) console.log(JSON.stringify(planAsJson(plans), null, 2))
  else console.log(planAsText(plans, { scores: options.why === true, columns: process.stdout.columns }))
  const isWrong = hasErrors(diagnostics) || unknown.length + problems.length > 0
  return isWrong ? EXIT.usage : EXIT.passed
}
