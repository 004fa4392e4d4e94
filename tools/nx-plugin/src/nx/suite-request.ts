import type { TaskRequest } from '@muster/engine/client'
import { requestOf } from '../executors/suite/requests.ts'
import type { SuiteExecutorOptions } from '../executors/suite/suite-options.ts'

/** A suite's request from Nx's cached project graph; undefined when the target isn't ours. */
export async function suiteRequest(
  task: string,
  target: { project: string; target: string },
): Promise<TaskRequest | undefined> {
  // Costs some 200 ms, and is only needed when a cached result is doubted.
  const { readCachedProjectGraph } = await import('./devkit.ts')
  const configuration = readCachedProjectGraph().nodes[target.project]?.data.targets?.[target.target]
  const options = configuration?.options as SuiteExecutorOptions | undefined
  return options && requestOf(task, options, () => undefined, [])
}
