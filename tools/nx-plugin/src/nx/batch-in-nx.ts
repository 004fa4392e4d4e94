import childProcess from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { BatchTaskGraph } from './batch-types.ts'
import type { ProjectGraph } from './devkit.ts'

/*
 * Nx forks a worker for each batch, and again for each slice of one. It loads Nx once more (0.4 s of CPU, 0.3 s before
 * the first suite) for an adapter that only passes messages on. In the nx process of `muster run`, which runs no test
 * code and is ours anyway, the adapter takes the worker's place.
 *
 * Internal API, the same in Nx 22.7, 23.3 and 24.0. Where it is missing, Nx forks as always.
 */

const EXECUTOR = '@muster/nx:suite'

/** What differs for the adapter when it runs in the nx process. */
export interface InNx {
  /** What the worker's environment would have been. */
  readonly env: NodeJS.ProcessEnv
  /** Nx wants no more of this batch. */
  readonly stopped: AbortSignal
}

interface BatchProcess {
  kill: (signal?: NodeJS.Signals) => Promise<void>
}

interface ProjectTargets {
  readonly projects: Readonly<Record<string, { readonly targets: Readonly<Record<string, object>> }>>
}

/** The parts of Nx that its batch worker is made of. */
export interface NxBatchInternals {
  readonly ForkedProcessTaskRunner: {
    readonly prototype: {
      forkProcessForBatch: (
        batch: { readonly executorName: string },
        ...rest: unknown[]
      ) => Promise<BatchProcess>
    }
  }
  readonly BatchMessageType: { readonly CompleteTask: number; readonly CompleteBatchExecution: number }
  readonly getExecutorInformation: (
    nodeModule: string,
    executor: string,
    root: string,
    projects: ProjectTargets['projects'],
  ) => { readonly schema: object; readonly batchImplementationFactory: () => BatchImplementation }
  readonly readProjectsConfigurationFromProjectGraph: (graph: ProjectGraph) => ProjectTargets
  readonly combineOptionsForExecutor: (
    overrides: unknown,
    configuration: string | undefined,
    target: object,
    schema: object,
    defaultProject: null,
    cwd: string,
  ) => object
  readonly readNxJson: () => object
}

type BatchImplementation = (
  graph: BatchTaskGraph,
  inputs: Readonly<Record<string, object>>,
  overrides: unknown,
  context: object,
) => AsyncIterable<{ readonly task: string; readonly result: unknown }>

/** Nx's `RunTasks`. */
interface RunTasks {
  readonly projectGraph: ProjectGraph
  readonly batchTaskGraph: BatchTaskGraph & {
    readonly tasks: Readonly<Record<string, { readonly overrides: unknown }>>
  }
  readonly fullTaskGraph: unknown
}

/** From here on, batches of suites run in this process; those of other executors get their worker. */
export function runBatchesInNx(nx: NxBatchInternals, root: string): void {
  const { prototype } = nx.ForkedProcessTaskRunner
  const original = prototype.forkProcessForBatch
  prototype.forkProcessForBatch = async function (batch, ...rest) {
    if (batch.executorName !== EXECUTOR) return original.call(this, batch, ...rest)
    const { fork } = childProcess
    let here: BatchInNx | undefined
    // Nx forks before anything is awaited: nobody else's fork can come in between.
    childProcess.fork = ((_worker: string, options: { env: NodeJS.ProcessEnv }) =>
      (here = new BatchInNx(nx, root, options.env))) as unknown as typeof fork
    let asked: Promise<BatchProcess>
    try {
      asked = original.call(this, batch, ...rest)
    } finally {
      childProcess.fork = fork
    }
    const running = await asked
    running.kill = async () => here?.stop()
    return running
  }
}

/** As much of a `ChildProcess` as Nx looks at. */
class BatchInNx extends EventEmitter {
  readonly connected = true
  private readonly nx: NxBatchInternals
  private readonly root: string
  private readonly env: NodeJS.ProcessEnv
  private readonly stopping = new AbortController()
  private ended: Promise<void> = Promise.resolve()

  constructor(nx: NxBatchInternals, root: string, env: NodeJS.ProcessEnv) {
    super()
    this.nx = nx
    this.root = root
    this.env = env
  }

  send(message: RunTasks): void {
    this.ended = this.run(message).then(
      () => void this.emit('exit', 0, null),
      (error: unknown) => {
        console.error((error as Error).message)
        this.emit('exit', 1, null)
      },
    )
  }

  /** Resolves when the adapter has ended; at once when it already has. */
  stop(): Promise<void> {
    this.stopping.abort()
    return this.ended
  }

  /** What Nx's batch worker does with the order. */
  private async run({ projectGraph, batchTaskGraph, fullTaskGraph }: RunTasks): Promise<void> {
    const { nx, root } = this
    const projectsConfigurations = nx.readProjectsConfigurationFromProjectGraph(projectGraph)
    const [module = '', name = ''] = EXECUTOR.split(':')
    const executor = nx.getExecutorInformation(module, name, root, projectsConfigurations.projects)
    const tasks = Object.values(batchTaskGraph.tasks)
    const inputs = Object.fromEntries(
      tasks.map(({ id, target, overrides }) => {
        const declared = projectsConfigurations.projects[target.project]?.targets[target.target] ?? {}
        const { configuration } = target
        return [
          id,
          nx.combineOptionsForExecutor(overrides, configuration, declared, executor.schema, null, root),
        ]
      }),
    )
    const answers = executor.batchImplementationFactory()(batchTaskGraph, inputs, tasks.at(-1)?.overrides, {
      root,
      cwd: root,
      projectsConfigurations,
      nxJsonConfiguration: nx.readNxJson(),
      isVerbose: false,
      projectGraph,
      taskGraph: fullTaskGraph,
      inNx: { env: this.env, stopped: this.stopping.signal } satisfies InNx,
    })
    const results: Record<string, unknown> = {}
    for await (const { task, result } of answers) {
      results[task] = result
      this.emit('message', { type: nx.BatchMessageType.CompleteTask, task, result })
    }
    this.emit('message', { type: nx.BatchMessageType.CompleteBatchExecution, results })
  }
}
