import type { CoordinatorConfig, TaskRequest } from '@muster/engine/client'
import type { BatchTaskResult } from '../../nx/batch-types.ts'

/**
 * What a coordinator had finished when it was lost, but could no longer tell: a pass that left whole evidence of this
 * very content. It is answered from that, so that Nx keeps it and nothing is run twice.
 * @param since when this batch began to ask, milliseconds since the epoch
 * @param hash the task's hash as Nx sees it
 */
export async function salvage(
  { root, useEarlierAnswers }: CoordinatorConfig,
  { suite }: TaskRequest,
  since: number,
  hash: string | undefined,
): Promise<BatchTaskResult | undefined> {
  // Imported here: this is rare, and the batch worker starts with as little as possible.
  const { addHashToEvidence, readEvidence } = await import('@muster/engine')
  const read = await readEvidence(root, suite.id)
  if (!read.ok || hash === undefined) return undefined
  const { evidence } = read.value
  const isOurs = evidence.at >= since && (evidence.hash === null || evidence.hash === hash)
  if (!isOurs && !(useEarlierAnswers && evidence.hash === hash)) return undefined
  if (evidence.hash === null) await addHashToEvidence(root, evidence, hash)
  return {
    success: true,
    status: 'success',
    terminalOutput: `${suite.id} passed ${evidence.counts.tests} test(s) before the coordinator was lost (run ${evidence.runId})\n`,
    startTime: evidence.at,
    endTime: evidence.at + evidence.durationMs,
  }
}
