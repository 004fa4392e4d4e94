import type { createUnitRunner } from '@muster/engine/run'

type WorkerPool = Parameters<typeof createUnitRunner>[2]

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

/** Passes every attempt at once, with one test case; starts no process. */
export const INSTANT_POOL: WorkerPool = {
  run(_order, listener) {
    listener.case({ path: ['does nothing'], status: 'passed', durationMs: 1 })
    const end = {
      outcome: { status: 'passed' },
      durationMs: 1,
      stdout: NOTHING,
      stderr: NOTHING,
      notes: [],
      usage: USAGE,
    } as const
    return { done: Promise.resolve(end), stop: () => undefined }
  },
  runStep: () => {
    throw new Error('no suite here has steps')
  },
  usageNow: () => ({ cpus: 0, cores: 1, memoryBytes: 0, machineMemoryBytes: 0, slots: [] }),
  close: () => Promise.resolve(),
}
