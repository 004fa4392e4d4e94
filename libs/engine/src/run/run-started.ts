import type { RunEventBody } from '@muster/model'
import type { CoordinatorConfig } from '../coordinator/protocol.ts'
import { MUSTER_VERSION } from '../version.ts'

/** The first event of every run. */
export function runStarted({ root, command, workers, failFast }: CoordinatorConfig): RunEventBody {
  return {
    kind: 'run-started',
    workspace: root,
    command,
    muster: MUSTER_VERSION,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    workers,
    failFast,
  }
}
