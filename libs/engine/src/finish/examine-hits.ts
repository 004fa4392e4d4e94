import { suiteId, type Result, type RunEventBody, type RunId } from '@muster/model'
import type { CacheHit } from '../coordinator/protocol.ts'
import { withCoverage } from '../evidence/coverage-store.ts'
import { readEvidence, type ReadEvidence } from '../evidence/evidence-store.ts'
import { openMemory, type Memory } from '../evidence/suite-memory.ts'
import { encodeCases, storeOutput } from '../journal/output-store.ts'
import { comparedEvents } from '../measure/compare-suite.ts'
import { coverageEvents } from '../run/coverage-events.ts'

/**
 * A hit in Nx's cache is believed only with whole evidence of at least the tests that were recorded for the
 * same content, and of that content. The error says why not.
 */
export async function examineHit(
  root: string,
  memory: Memory,
  { suite, hash }: CacheHit,
  skipCoverage = false,
): Promise<Result<ReadEvidence, string>> {
  const read = await readEvidence(root, suite, memory.of(suite).testsByHash.get(hash))
  if (!read.ok) return read
  const { evidence } = read.value
  if (evidence.hash !== null && evidence.hash !== hash)
    return { ok: false, error: `the evidence is of other content (${evidence.hash}, not ${hash})` }
  return skipCoverage ? read : withCoverage(root, read.value)
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
    ...(evidence.measurement && { measurement: evidence.measurement }),
  }
}

export interface ExaminedHit {
  readonly hit: CacheHit
  readonly read: Result<ReadEvidence, string>
}

export async function examineHits(
  root: string,
  hits: readonly CacheHit[],
  skipCoverage = false,
): Promise<ExaminedHit[]> {
  const memory = openMemory(root)
  const examined: ExaminedHit[] = []
  for (const hit of hits) examined.push({ hit, read: await examineHit(root, memory, hit, skipCoverage) })
  return examined
}

/** Events for those hits that are believed, and a warning for each that nobody could run again. */
export function examinedEvents(root: string, run: RunId, examined: readonly ExaminedHit[]): RunEventBody[] {
  return examined.flatMap(({ hit, read }): RunEventBody[] => {
    if (read.ok) return [...coverageEvents(root, run, read.value), cachedEvent(root, run, hit, read.value)]
    const message = `its cached result is not in this report, and it could not be run again: ${read.error}`
    return [{ kind: 'note', level: 'warning', suite: suiteId(hit.suite), message }]
  })
}

/** Of believed suites that measure: the baseline may have changed since they ran. */
export async function examinedComparisons(
  root: string,
  examined: readonly ExaminedHit[],
): Promise<RunEventBody[]> {
  const events: RunEventBody[] = []
  for (const { hit, read } of examined) {
    if (!read.ok) continue
    const { evidence, cases } = read.value
    events.push(...(await comparedEvents(root, suiteId(hit.suite), evidence.measurement, cases)))
  }
  return events
}

export const cachedEvents = async (
  root: string,
  run: RunId,
  hits: readonly CacheHit[],
  skipCoverage = false,
): Promise<RunEventBody[]> => {
  const examined = await examineHits(root, hits, skipCoverage)
  return [...examinedEvents(root, run, examined), ...(await examinedComparisons(root, examined))]
}
