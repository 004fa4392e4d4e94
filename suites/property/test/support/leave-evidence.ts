import { openRun, writeEvidence } from '@muster/engine/run'
import { runId, suiteId } from '@muster/model'

const CUT_OFF = runId(new Date('2026-01-01T00:00:00Z'), 'aaaaaa')
/** Pids end at 2^22 on Linux. */
const NOBODY = 2 ** 22 + 1

/** What a run leaves that finished this suite and was then killed. */
export function leaveEvidence(root: string, suite: string, hash: string): void {
  openRun(root, CUT_OFF, { pid: NOBODY, socket: '' })
  const cases = [{ path: ['from before'], status: 'passed', durationMs: 1 }] as const
  writeEvidence(root, {
    suite: suiteId(suite),
    kind: 'unit',
    runId: CUT_OFF,
    at: 5,
    hash,
    durationMs: 1,
    cases,
  })
}
