import { createRequire } from 'node:module'
import type { ProjectGraph } from './devkit.ts'
import type { BatchTaskGraph } from './batch-types.ts'
import { hashTasks, type TaskHash } from './hash-tasks.ts'
import { readNxJson } from './read-nx-json.ts'
import type { SuiteExecutorOptions } from '../executors/suite/suite-options.ts'

/** What would go into a suite's hash if it ran now; undefined when no target runs this suite. */
export async function inputsNow(root: string, suite: string): Promise<TaskHash | undefined> {
  process.env['NX_WORKSPACE_ROOT_PATH'] ??= root
  const { createProjectGraphAsync, workspaceRoot } = await import('./devkit.ts')
  const projectGraph = await createProjectGraphAsync()
  const target = targetOf(projectGraph, suite)
  if (!target) return undefined
  const load = createRequire(import.meta.url)
  const { createTaskGraph } = load('nx/src/tasks-runner/create-task-graph') as {
    createTaskGraph: (
      graph: ProjectGraph,
      extra: object,
      projects: string[],
      targets: string[],
      configuration: undefined,
      overrides: object,
      withoutDependencies: boolean,
    ) => BatchTaskGraph
  }
  const graph = createTaskGraph(projectGraph, {}, [target.project], [target.name], undefined, {}, true)
  const nxJsonConfiguration = readNxJson(root)
  const hashes = await hashTasks(graph, {
    root: workspaceRoot,
    projectGraph,
    nxJsonConfiguration,
    taskGraph: graph,
  })
  return hashes.get(`${target.project}:${target.name}`)
}

function targetOf(graph: ProjectGraph, suite: string): { project: string; name: string } | undefined {
  for (const [project, node] of Object.entries(graph.nodes)) {
    for (const [name, target] of Object.entries(node.data.targets ?? {})) {
      const isOurs = target.executor === '@muster/nx:suite'
      if (isOurs && (target.options as SuiteExecutorOptions | undefined)?.suite === suite)
        return { project, name }
    }
  }
  return undefined
}
