import type { ExecutorContext } from '../../nx/devkit.ts'
import { publishLatest } from '@muster/engine'
import type { SuiteExecutorOptions } from '../suite/suite-options.ts'

export interface ReportExecutorOptions {
  /** Fail this task when the run's verdict isn't `passed`; default false: the suites fail for themselves. */
  readonly failOnVerdict?: boolean
}

/**
 * Writes the reports as a task of its own, for those who want it explicit: over the run that is going on, and
 * the evidence of the suites that this task depends on (those Nx answered from its cache).
 */
export default async function reportExecutor(
  options: ReportExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const suites = Object.values(context.projectGraph.nodes).flatMap((node) =>
    Object.values(node.data.targets ?? {}).flatMap((target) =>
      target.executor === '@muster/nx:suite' ? ((target.options as SuiteExecutorOptions).suite ?? []) : [],
    ),
  )
  const published = await publishLatest(context.root, suites)
  if (!published) {
    console.error('No run and no evidence to report on. Run the suites first: npx nx run-many -t test')
    return { success: false }
  }
  console.log(published.summary)
  return { success: options.failOnVerdict !== true || published.record.verdict === 'passed' }
}
