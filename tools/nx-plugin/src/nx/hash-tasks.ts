import { createRequire } from 'node:module'
import type { ProjectGraph } from './devkit.ts'
import type { BatchTask, BatchTaskGraph } from './batch-types.ts'
import type { NxJsonLike } from './plugin-options.ts'

/*
 * Nx strips the hash from the tasks that a batch gets, but the journal needs it: with the hash a suite that
 * was finished before a crash can be answered on the next run. It is computed again here with Nx's own hasher
 * while the suites run, and along with it what went into it, for `muster why`.
 *
 * Internal API, the same in Nx 22.7, 23.3 and 24.0. Where it is missing there are no hashes, and everything
 * but those two features works.
 */

export interface HashContext {
  readonly root: string
  readonly projectGraph: ProjectGraph
  readonly nxJsonConfiguration: NxJsonLike
  /** The whole task graph of the nx invocation. */
  readonly taskGraph?: unknown
}

export interface TaskHash {
  readonly hash: string
  /** Hash by input: filesets, environment variables, runtime commands, external packages. */
  readonly nodes: Readonly<Record<string, string>>
  /** Content hash by workspace-relative file. */
  readonly files: Readonly<Record<string, string>>
}

interface NxHash {
  readonly value: string
  readonly details: { readonly nodes: Record<string, string> }
  readonly inputs?: { readonly files: readonly string[] }
}

interface NxInternals {
  readonly InProcessTaskHasher: new (
    graph: ProjectGraph,
    nxJson: NxJsonLike,
    references: unknown,
    options: unknown,
  ) => {
    hashTasks(
      tasks: readonly BatchTask[],
      graph: unknown,
      envs: Record<string, NodeJS.ProcessEnv>,
      cwd: string,
      collectInputs: boolean,
    ): Promise<readonly NxHash[]>
  }
  readonly getTaskSpecificEnv: (task: BatchTask, graph: ProjectGraph) => NodeJS.ProcessEnv
  readonly createProjectRootMappings: (nodes: ProjectGraph['nodes']) => Map<string, string>
  readonly getNxWorkspaceFilesFromContext: (
    root: string,
    roots: Record<string, string>,
    useDaemon: boolean,
  ) => Promise<{ externalReferences: unknown }>
  readonly getAllFileDataInContext: (root: string) => Promise<readonly { file: string; hash: string }[]>
}

/** By task id; empty when this Nx has no such hasher. */
export async function hashTasks(
  graph: BatchTaskGraph,
  context: HashContext,
): Promise<ReadonlyMap<string, TaskHash>> {
  try {
    return await hashWith(loadInternals(), graph, context)
  } catch (error) {
    if (process.env['NX_VERBOSE_LOGGING'] === 'true')
      console.error('Muster: this Nx gives no task hashes:', error)
    return new Map()
  }
}

async function hashWith(
  nx: NxInternals,
  graph: BatchTaskGraph,
  { root, projectGraph, nxJsonConfiguration, taskGraph }: HashContext,
): Promise<ReadonlyMap<string, TaskHash>> {
  const roots = Object.fromEntries(nx.createProjectRootMappings(projectGraph.nodes))
  const { externalReferences } = await nx.getNxWorkspaceFilesFromContext(root, roots, false)
  const options = { selectivelyHashTsConfig: false, ...runnerOptions(nxJsonConfiguration) }
  const hasher = new nx.InProcessTaskHasher(projectGraph, nxJsonConfiguration, externalReferences, options)
  const tasks = Object.values(graph.tasks)
  const envs = Object.fromEntries(tasks.map((task) => [task.id, nx.getTaskSpecificEnv(task, projectGraph)]))
  const hashes = await hasher.hashTasks(tasks, taskGraph ?? graph, envs, process.cwd(), true)
  const contents = new Map((await nx.getAllFileDataInContext(root)).map(({ file, hash }) => [file, hash]))
  return new Map(
    tasks.flatMap((task, index) => {
      const found = hashes[index]
      if (!found) return []
      const files = Object.fromEntries(
        (found.inputs?.files ?? []).map((file) => [file, contents.get(file) ?? '']),
      )
      return [[task.id, { hash: found.value, nodes: found.details.nodes, files }]]
    }),
  )
}

function loadInternals(): NxInternals {
  const load = createRequire(import.meta.url)
  return {
    ...load('nx/src/hasher/task-hasher'),
    ...load('nx/src/tasks-runner/task-env'),
    ...load('nx/src/project-graph/utils/find-project-for-path'),
    ...load('nx/src/utils/workspace-context'),
  } as NxInternals
}

function runnerOptions(nxJson: NxJsonLike): object {
  const { tasksRunnerOptions } = nxJson as { tasksRunnerOptions?: { default?: { options?: object } } }
  return tasksRunnerOptions?.default?.options ?? {}
}
