import type { Evidence, Suite, SuiteId, TestCase } from '@muster/model'
import { addHashToEvidence, writeEvidence } from '../evidence/evidence-store.ts'
import type { Memory } from '../evidence/suite-memory.ts'
import type { Dispatcher } from '../journal/dispatcher.ts'

export interface Pass {
  readonly cases: readonly TestCase[]
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly durationMs: number
}

interface KeepContext {
  readonly root: string
  readonly suite: Suite
  readonly memory: Memory
  readonly dispatcher: Dispatcher
  readonly hashOf: (suite: SuiteId) => string | undefined
}

/**
 * Evidence and memory of a pass. Without evidence a later cache hit isn't believed, so failing to write it is only
 * a warning.
 */
export function keepPass({ root, suite, memory, dispatcher, hashOf }: KeepContext, pass: Pass): void {
  const { id, kind } = suite
  const { cases, startedAt, durationMs } = pass
  const hash = hashOf(id) ?? null
  try {
    writeEvidence(root, { suite: id, kind, runId: dispatcher.runId, at: startedAt, hash, durationMs, cases })
  } catch (error) {
    const message = `evidence can't be written (${(error as Error).message}): its cached result won't be believed later`
    dispatcher.emit({ kind: 'note', level: 'warning', suite: id, message })
  }
  memory.remember({ suite: id, durationMs, ...(hash !== null && { hash, tests: cases.length }) })
}

/** The hash came after the suite was done: puts it where it belongs. */
export async function rememberHash(
  root: string,
  memory: Memory,
  evidence: Evidence,
  hash: string,
): Promise<void> {
  await addHashToEvidence(root, evidence, hash)
  memory.remember({ suite: evidence.suite, hash, tests: evidence.counts.tests })
}
