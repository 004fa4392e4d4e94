import type { Capacity, RunEventBody } from '@muster/model'
import type { CoordinatorConfig } from '../coordinator/protocol.ts'
import { MUSTER_VERSION } from '../version.ts'

/** The first event of every run. */
export function runStarted(config: CoordinatorConfig, capacity: Capacity, machine: string): RunEventBody {
  const { root, command, workers, failFast, objective, budgetMs } = config
  return {
    kind: 'run-started',
    workspace: root,
    command,
    muster: MUSTER_VERSION,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    workers,
    failFast,
    objective,
    ...(budgetMs !== undefined && { budgetMs }),
    capacity,
    machine,
  }
}
