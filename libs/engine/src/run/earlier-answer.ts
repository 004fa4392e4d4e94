import type { RunEventBody, RunId, Suite } from '@muster/model'
import { withCoverage } from '../evidence/coverage-store.ts'
import { readEvidence } from '../evidence/evidence-store.ts'
import { encodeCases, storeOutput } from '../journal/output-store.ts'
import { listRuns, wasCutOff } from '../journal/run-store.ts'
import { coverageEvents } from './coverage-events.ts'
import type { HashBoard } from './hash-board.ts'

/*
 * Nx keeps a batch's results only when the batch returns. What was finished when a run was cut off (crash,
 * Ctrl-C, kill -9) lies in the workspace as evidence with the task's hash, unknown to Nx's cache. The next
 * run answers from it. After a run that ended in good order this never applies, so `nx reset` and
 * `--skip-nx-cache` mean what they say.
 */

type SuiteCached = Extract<RunEventBody, { kind: 'suite-cached' }>
type EarlierAnswer = SuiteCached | Extract<RunEventBody, { kind: 'coverage-collected' }>

/** The events that answer those of `suites` which a cut-off run finished with the same content. */
export async function answerFromEarlierRuns(
  root: string,
  run: RunId,
  suites: readonly Suite[],
  hashes: HashBoard,
  isStopped: () => boolean,
  skipCoverage = false,
): Promise<EarlierAnswer[]> {
  const cutOff = await cutOffRuns(root)
  const candidates: Suite[] = []
  for (const suite of suites) if (await mayHaveEarlierAnswer(root, suite.id, cutOff)) candidates.push(suite)
  if (candidates.length === 0) return []
  await hashes.wait(
    candidates.map(({ id }) => id),
    isStopped,
  )
  const events: EarlierAnswer[] = []
  for (const suite of candidates) {
    const hash = hashes.of(suite.id)
    if (hash !== undefined) events.push(...(await answerOf(root, run, suite, hash, skipCoverage)))
  }
  return events
}

/** Mostly there are none, and then no suite's evidence needs to be read. */
async function cutOffRuns(root: string): Promise<ReadonlySet<string>> {
  const runs = new Set<string>()
  for (const run of await listRuns(root)) if (await wasCutOff(root, run)) runs.add(run)
  return runs
}

/** A first look, before the hash is known. */
async function mayHaveEarlierAnswer(
  root: string,
  suite: string,
  cutOff: ReadonlySet<string>,
): Promise<boolean> {
  if (cutOff.size === 0) return false
  const read = await readEvidence(root, suite)
  return read.ok && read.value.evidence.hash !== null && cutOff.has(read.value.evidence.runId)
}

async function answerOf(
  root: string,
  run: RunId,
  suite: Suite,
  hash: string,
  skipCoverage: boolean,
): Promise<EarlierAnswer[]> {
  const kept = await readEvidence(root, suite.id)
  if (!kept.ok || kept.value.evidence.hash !== hash) return []
  const read = skipCoverage ? kept : await withCoverage(root, kept.value)
  if (!read.ok) return []
  const { evidence, cases } = read.value
  const answer: SuiteCached = {
    kind: 'suite-cached',
    suite: suite.id,
    suiteKind: suite.kind,
    hash,
    origin: { runId: evidence.runId, at: evidence.at, source: 'journal' },
    counts: evidence.counts,
    durationMs: evidence.durationMs,
    cases: storeOutput(root, run, encodeCases(cases)),
    ...(evidence.measurement && { measurement: evidence.measurement }),
  }
  return [...coverageEvents(root, run, read.value), answer]
}
