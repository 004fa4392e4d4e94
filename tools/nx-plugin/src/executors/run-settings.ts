import { availableParallelism } from 'node:os'
import type { CoordinatorConfig, OwnerProcess } from '@muster/engine/client'
import { socketPath } from '@muster/engine/client'
import { OBJECTIVES, type Objective } from '@muster/model'
import { nxCommandOf } from '../nx/nx-process.ts'
import {
  pluginOptionProblems,
  pluginOptions,
  type MusterPluginOptions,
  type NxJsonLike,
} from '../nx/plugin-options.ts'

/**
 * How this run is to be done: what the command line said (the `muster` command hands it down in the
 * environment, since Nx shows flags to nobody), else the plugin's options in nx.json, else defaults.
 */
export function runSettings(
  root: string,
  owner: OwnerProcess,
  nxJson: NxJsonLike,
  env: NodeJS.ProcessEnv = process.env,
): CoordinatorConfig {
  const options = pluginOptions(nxJson)
  const timeoutMs = positive(env['MUSTER_TIMEOUT_MS'])
  const budgetMs = positive(env['MUSTER_BUDGET_MS'])
  const retries = whole(env['MUSTER_RETRIES'])
  return {
    root,
    owner,
    socket: socketPath(root, owner),
    ...(env['MUSTER_RUN_ID'] !== undefined && { runId: env['MUSTER_RUN_ID'] }),
    command: env['MUSTER_COMMAND'] ?? ['nx', ...(nxCommandOf(owner.pid) ?? [])].join(' '),
    failFast:
      env['MUSTER_FAIL_FAST'] === 'true' ||
      (env['MUSTER_FAIL_FAST'] === undefined && options.failFast === true),
    ...planSettings(options, env),
    warnings: pluginOptionProblems(nxJson),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(budgetMs !== undefined && { budgetMs }),
    ...(retries !== undefined && { retries }),
    useEarlierAnswers: env['NX_SKIP_NX_CACHE'] !== 'true',
    reports: env['MUSTER_REPORTS'] !== 'false',
    skipCoverage: env['MUSTER_COVERAGE'] === 'false',
  }
}

/** What decides the order of a run, and so is asked for by `muster plan`, too. */
export function planSettings(
  options: MusterPluginOptions,
  env: NodeJS.ProcessEnv = process.env,
): Pick<CoordinatorConfig, 'workers' | 'objective' | 'semaphores' | 'labels'> {
  return {
    workers: positive(env['MUSTER_WORKERS']) ?? options.workers ?? availableParallelism(),
    objective: objective(env['MUSTER_OBJECTIVE']) ?? options.objective ?? 'balanced',
    semaphores: options.semaphores ?? {},
    labels: [...(options.labels ?? []), ...(env['MUSTER_LABELS']?.split(',').filter(Boolean) ?? [])],
  }
}

function whole(text: string | undefined): number | undefined {
  const value = Number(text)
  return text !== undefined && text !== '' && Number.isInteger(value) && value >= 0 ? value : undefined
}

const positive = (text: string | undefined): number | undefined => whole(text) || undefined

const objective = (text: string | undefined): Objective | undefined =>
  OBJECTIVES.find((each) => each === text)
