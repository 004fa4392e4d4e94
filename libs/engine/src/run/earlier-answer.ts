import type { RunEventBody, RunId, Suite } from '@muster/model'
import { readEvidence } from '../evidence/evidence-store.ts'
import { wasCutOff } from '../journal/run-store.ts'
import { encodeCases, storeOutput } from '../journal/output-store.ts'

/*
 * Nx keeps a batch's results only when the batch returns. What was finished when a run was cut off (crash,
 * Ctrl-C, kill -9) lies in the workspace as evidence with the task's hash, unknown to Nx's cache. The next
 * run answers from it. After a run that ended in good order this never applies, so `nx reset` and
 * `--skip-nx-cache` mean what they say.
 */

/** Cheap first look, before the hash is known. */
export async function mayHaveEarlierAnswer(root: string, suite: string): Promise<boolean> {
  const read = await readEvidence(root, suite)
  return read.ok && read.value.evidence.hash !== null && (await wasCutOff(root, read.value.evidence.runId))
}

/** The event that answers `suite` from what a cut-off run finished with the same content, if there is such. */
export async function answerFromEarlierRun(
  root: string,
  run: RunId,
  suite: Suite,
  hash: string,
): Promise<Extract<RunEventBody, { kind: 'suite-cached' }> | undefined> {
  const read = await readEvidence(root, suite.id)
  if (!read.ok || read.value.evidence.hash !== hash) return undefined
  const { evidence, cases } = read.value
  return {
    kind: 'suite-cached',
    suite: suite.id,
    suiteKind: suite.kind,
    hash,
    origin: { runId: evidence.runId, at: evidence.at, source: 'journal' },
    counts: evidence.counts,
    durationMs: evidence.durationMs,
    cases: storeOutput(root, run, encodeCases(cases)),
  }
}
