import type { createUnitRunner } from '@muster/engine/run'
import type { AttemptId, Outcome, TestCase } from '@muster/model'

type WorkerPool = Parameters<typeof createUnitRunner>[2]

/** Answers every attempt at once, with one test case; starts no process. */
export const instantPool = (isBroken: (attempt: AttemptId) => boolean): WorkerPool => ({
  run({ attempt }, listener) {
    const failed = isBroken(attempt)
    listener.case(failed ? FAILED : PASSED)
    const outcome: Outcome = failed ? { status: 'failed', failures: 1 } : { status: 'passed' }
    const end = { outcome, durationMs: 1, stdout: NOTHING, stderr: NOTHING, notes: [], usage: USAGE }
    return { done: Promise.resolve(end), stop: () => undefined }
  },
  runStep: () => {
    throw new Error('no suite here has steps')
  },
  usageNow: () => ({ cpus: 0, memoryBytes: 0, slots: [] }),
  close: () => Promise.resolve(),
})

const PASSED: TestCase = { path: ['does nothing'], status: 'passed', durationMs: 1 }
const FAILED: TestCase = { ...PASSED, status: 'failed', error: { message: 'it did something' } }
const NOTHING = { data: Buffer.alloc(0), totalBytes: 0 }
const USAGE = {
  cpuMs: 1,
  averageCpus: 1,
  peakCpus: 1,
  averageMemoryBytes: 2 ** 20,
  peakMemoryBytes: 2 ** 20,
  readBytes: 0,
  writtenBytes: 0,
  samples: 1,
}
