import type { Evidence } from '@muster/model'
import { addHashToEvidence, writeEvidence, type NewEvidence } from '../evidence/evidence-store.ts'
import type { Memory } from '../evidence/suite-memory.ts'
import type { Dispatcher } from '../journal/dispatcher.ts'

/** Without evidence a later cache hit isn't believed, so failing to write it is only a warning. */
export function keepPass(root: string, dispatcher: Dispatcher, pass: NewEvidence): void {
  try {
    writeEvidence(root, pass)
  } catch (error) {
    const message = `evidence can't be written (${(error as Error).message}): its cached result won't be believed later`
    dispatcher.emit({ kind: 'note', level: 'warning', suite: pass.suite, message })
  }
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
