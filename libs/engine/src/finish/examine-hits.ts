import { suiteId, type Result, type RunEventBody, type RunId } from '@muster/model'
import type { CacheHit } from '../coordinator/protocol.ts'
import { readEvidence, type ReadEvidence } from '../evidence/evidence-store.ts'
import { openMemory, type Memory } from '../evidence/suite-memory.ts'
import { encodeCases, storeOutput } from '../journal/output-store.ts'

/**
 * A hit in Nx's cache is believed only with whole evidence of at least the tests that were recorded for the
 * same content, and of that content. The error says why not.
 */
export async function examineHit(
  root: string,
  memory: Memory,
  { suite, hash }: CacheHit,
): Promise<Result<ReadEvidence, string>> {
  const read = await readEvidence(root, suite, memory.of(suite).testsByHash.get(hash))
  if (!read.ok) return read
  const { evidence } = read.value
  return evidence.hash === null || evidence.hash === hash
    ? read
    : { ok: false, error: `the evidence is of other content (${evidence.hash}, not ${hash})` }
}

/** The event for a believed hit; its cases are copied to the run, which may outlive the evidence. */
export function cachedEvent(
  root: string,
  run: RunId,
  hit: CacheHit,
  { evidence, cases }: ReadEvidence,
): Extract<RunEventBody, { kind: 'suite-cached' }> {
  return {
    kind: 'suite-cached',
    suite: suiteId(hit.suite),
    suiteKind: evidence.kind,
    hash: hit.hash,
    origin: { runId: evidence.runId, at: evidence.at, source: 'nx-cache' },
    counts: evidence.counts,
    durationMs: evidence.durationMs,
    cases: storeOutput(root, run, encodeCases(cases)),
  }
}

export interface ExaminedHit {
  readonly hit: CacheHit
  readonly read: Result<ReadEvidence, string>
}

export async function examineHits(root: string, hits: readonly CacheHit[]): Promise<ExaminedHit[]> {
  const memory = openMemory(root)
  const examined: ExaminedHit[] = []
  for (const hit of hits) examined.push({ hit, read: await examineHit(root, memory, hit) })
  return examined
}

/** Events for those hits that are believed, and a warning for each that nobody could run again. */
export function examinedEvents(root: string, run: RunId, examined: readonly ExaminedHit[]): RunEventBody[] {
  return examined.map(({ hit, read }) => {
    if (read.ok) return cachedEvent(root, run, hit, read.value)
    const message = `its cached result is not in this report, and it could not be run again: ${read.error}`
    return { kind: 'note', level: 'warning', suite: suiteId(hit.suite), message }
  })
}

export const cachedEvents = async (
  root: string,
  run: RunId,
  hits: readonly CacheHit[],
): Promise<RunEventBody[]> => examinedEvents(root, run, await examineHits(root, hits))
