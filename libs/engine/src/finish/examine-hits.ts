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

/** Events for those hits that are believed, and a warning for each that nobody could run again. */
export async function cachedEvents(
  root: string,
  run: RunId,
  hits: readonly CacheHit[],
): Promise<RunEventBody[]> {
  const events: RunEventBody[] = []
  const memory = openMemory(root)
  for (const hit of hits) {
    const read = await examineHit(root, memory, hit)
    if (read.ok) events.push(cachedEvent(root, run, hit, read.value))
    else {
      const message = `its cached result is not in this report, and it could not be run again: ${read.error}`
      events.push({ kind: 'note', level: 'warning', suite: suiteId(hit.suite), message })
    }
  }
  return events
}
