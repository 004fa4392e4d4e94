import { SCHEDULING_DEFAULTS, suiteId, type Suite } from '@muster/model'
import type { TaskRequest } from '@muster/engine/client'
import type { SuiteExecutorOptions } from './suite-options.ts'

/**
 * Undefined when there is no declaration to run. A declaration that is there but wrong in the graph
 * (a cycle, an unknown dependency) goes to the coordinator with its problem, so that it is in the report.
 */
export function requestOf(
  task: string,
  options: SuiteExecutorOptions,
  suiteOfTask: (task: string) => string | undefined,
  dependencies: readonly string[],
): TaskRequest | undefined {
  const suite = options.declaration ?? (options.error === undefined ? undefined : placeholder(options))
  if (suite === undefined) return undefined
  return {
    task,
    suite,
    dependsOn: dependencies.flatMap((dependency) => suiteOfTask(dependency) ?? []),
    ...(options.error !== undefined && { problem: options.error }),
    ...(options.warnings && { warnings: options.warnings }),
    ...(options.failed === true && { failedOnly: true }),
  }
}

export const brokenDeclaration = (task: string, options: SuiteExecutorOptions | undefined): string =>
  options?.error ??
  `${task} uses the executor @muster/nx:suite without a declaration. Its target is inferred from a suite.json, or from tests that are there: nx.json has to name @muster/nx last among its plugins, with "infer" among the options, or else the target has to go from the project's own files.`

/** Stands for a suite.json that can't be read, so that it has its place in the record. */
function placeholder({ suite, source }: SuiteExecutorOptions): Suite {
  return {
    id: suiteId(suite),
    kind: 'unit',
    priority: 'medium',
    dir: source.replace(/\/?[^/]*$/, ''),
    source,
    runner: { name: 'command', command: 'false', results: { format: 'exit-code' } },
    include: [],
    exclude: [],
    covers: [],
    dependsOn: [],
    inputs: [],
    outputs: [],
    env: [],
    timeoutMs: 1,
    slowAfterMs: 1,
    isolation: 'process',
    allowNoTests: false,
    ...SCHEDULING_DEFAULTS,
  }
}
