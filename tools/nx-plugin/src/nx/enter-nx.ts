import { createRequire } from 'node:module'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { runBatchesInNx, type NxBatchInternals } from './batch-in-nx.ts'
import { nxArguments, type NxOrder } from './nx-order.ts'

/*
 * Enters Nx below its command line. The parser, the descriptions of all commands and the search for the right
 * Nx cost about as much as a fully cached run needs for its real work.
 *
 * Internal API, the same in Nx 22.7, 23.3 and 24.0; what Nx's `bin/nx` and `init-local` do before the command
 * starts is done here too.
 */

interface NxInternals {
  readonly loadRootEnvFiles: (root: string) => void
  readonly setupWorkspaceContext: (root: string) => void
  /** Prints what `command` throws. Resolves with the exit code. */
  readonly handleErrors: (verbose: boolean, command: () => Promise<unknown>) => Promise<number>
  readonly runMany: (args: object) => Promise<unknown>
  readonly affected: (command: 'affected', args: object) => Promise<unknown>
}

/** Does the order and resolves with the exit code, unless Nx exits by itself; undefined when this Nx has no such way in. */
export function enterNx(order: NxOrder): (() => Promise<number>) | undefined {
  const nx = loadInternals(order)
  if (!nx) return undefined
  return () => {
    process.env['NX_CLI_SET'] = 'true'
    // Nx measures from here and throws without it.
    performance.mark('init-local')
    nx.setupWorkspaceContext(order.root)
    const batches = loadBatchInternals(order)
    if (batches) runBatchesInNx(batches, order.root)
    const args = nxArguments(order, process.env)
    return nx.handleErrors(args['verbose'] === true, () =>
      order.affected ? nx.affected('affected', args) : nx.runMany(args),
    )
  }
}

/** All of it is loaded by every run. */
function loadBatchInternals({ root }: NxOrder): NxBatchInternals | undefined {
  const load = createRequire(path.join(root, 'package.json')) as (name: string) => Partial<NxBatchInternals>
  try {
    const found: Partial<NxBatchInternals> = {
      ...load('nx/src/tasks-runner/forked-process-task-runner'),
      ...load('nx/src/tasks-runner/batch/batch-messages'),
      ...load('nx/src/command-line/run/executor-utils'),
      ...load('nx/src/project-graph/project-graph'),
      ...load('nx/src/utils/params'),
      ...load('nx/src/config/configuration'),
    }
    const needed = [
      found.ForkedProcessTaskRunner?.prototype.forkProcessForBatch,
      found.BatchMessageType,
      found.getExecutorInformation,
      found.readProjectsConfigurationFromProjectGraph,
      found.combineOptionsForExecutor,
      found.readNxJson,
    ]
    return needed.includes(undefined) ? undefined : (found as NxBatchInternals)
  } catch {
    return undefined
  }
}

function loadInternals({ root, affected }: NxOrder): NxInternals | undefined {
  const load = createRequire(path.join(root, 'package.json')) as (name: string) => Partial<NxInternals>
  try {
    const env = load('nx/src/utils/dotenv')
    // First: other modules of Nx read the environment when they are loaded.
    env.loadRootEnvFiles?.(root)
    const found: Partial<NxInternals> = {
      ...env,
      ...load('nx/src/utils/handle-errors'),
      ...load('nx/src/utils/workspace-context'),
      ...load(affected ? 'nx/src/command-line/affected/affected' : 'nx/src/command-line/run-many/run-many'),
    }
    const { loadRootEnvFiles, handleErrors, setupWorkspaceContext } = found
    const needed = [
      loadRootEnvFiles,
      handleErrors,
      setupWorkspaceContext,
      affected ? found.affected : found.runMany,
    ]
    return needed.every((each) => typeof each === 'function') ? (found as NxInternals) : undefined
  } catch {
    return undefined
  }
}
