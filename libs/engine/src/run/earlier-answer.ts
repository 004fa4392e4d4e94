import type { RunEventBody, RunId, Suite } from '@muster/model'
import { readEvidence } from '../evidence/evidence-store.ts'
import { encodeCases, storeOutput } from '../journal/output-store.ts'
import { wasCutOff } from '../journal/run-store.ts'
import type { HashBoard } from './hash-board.ts'

/*
 * Nx keeps a batch's results only when the batch returns. What was finished when a run was cut off (crash,
 * Ctrl-C, kill -9) lies in the workspace as evidence with the task's hash, unknown to Nx's cache. The next
 * run answers from it. After a run that ended in good order this never applies, so `nx reset` and
 * `--skip-nx-cache` mean what they say.
 */

type SuiteCached = Extract<RunEventBody, { kind: 'suite-cached' }>

/** The events that answer those of `suites` which a cut-off run finished with the same content. */
export async function answerFromEarlierRuns(
  root: string,
  run: RunId,
  suites: readonly Suite[],
  hashes: HashBoard,
  isStopped: () => boolean,
): Promise<SuiteCached[]> {
  const candidates: Suite[] = []
  for (const suite of suites) if (await mayHaveEarlierAnswer(root, suite.id)) candidates.push(suite)
  if (candidates.length === 0) return []
  await hashes.wait(
    candidates.map(({ id }) => id),
    isStopped,
  )
  const events: SuiteCached[] = []
  for (const suite of candidates) {
    const hash = hashes.of(suite.id)
    const event = hash === undefined ? undefined : await answerOf(root, run, suite, hash)
    if (event) events.push(event)
  }
  return events
}

/** Cheap first look, before the hash is known. */
async function mayHaveEarlierAnswer(root: string, suite: string): Promise<boolean> {
  const read = await readEvidence(root, suite)
  return read.ok && read.value.evidence.hash !== null && (await wasCutOff(root, read.value.evidence.runId))
}

async function answerOf(
  root: string,
  run: RunId,
  suite: Suite,
  hash: string,
): Promise<SuiteCached | undefined> {
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
