import { finishUnasked } from '@muster/engine'
import { ownerProcess } from '@muster/engine/client'
import { runSettings } from '../executors/run-settings.ts'
import type { NxOrder } from '../nx/nx-order.ts'
import { readNxJson } from '../nx/read-nx-json.ts'
import type { StillTrue } from './look-back.ts'

interface Unasked {
  readonly order: NxOrder
  /** As the nx process would have got it. */
  readonly env: NodeJS.ProcessEnv
  /** Milliseconds since the epoch. */
  readonly startedAt: number
}

/** Makes the run and its reports of what is still true. False, with nothing done, when the evidence isn't whole. */
export async function finishStillTrue(
  { run, hits }: StillTrue,
  { order: { root }, env, startedAt }: Unasked,
): Promise<boolean> {
  const { pid } = process
  const owner = ownerProcess(pid) ?? { pid, startedAt: '' }
  const config = runSettings(root, owner, readNxJson(root), env)
  const reason = `nothing has changed since run ${run}: answered without asking Nx`
  return (await finishUnasked({ config, startedAt, hits, reason })) !== undefined
}
