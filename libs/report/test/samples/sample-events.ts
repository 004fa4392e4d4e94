import type { RunEvent, RunEventBody } from '@muster/model'
import { attemptId, runId, suiteId, unitId } from '@muster/model'
import { sampleCase, START } from './sample-record.ts'

export const RUN = runId(new Date(START), '3f9a1c')

/** Gives bodies their envelope: one second apart. */
export const stamp = (bodies: readonly RunEventBody[]): RunEvent[] =>
  bodies.map((body, seq) => ({ v: 1, runId: RUN, seq, at: START + seq * 1_000, ...body }))

export const started = (workers = 2): RunEventBody => ({
  kind: 'run-started',
  workspace: 'shop',
  command: 'nx affected -t test',
  muster: '0.1.0',
  node: 'v20.20.2',
  platform: 'linux x64',
  workers,
  failFast: false,
})

export const planned = (...names: string[]): RunEventBody => ({
  kind: 'plan-ready',
  suites: names.map((name) => ({ suite: suiteId(name), kind: 'unit', dependsOn: [], task: `${name}:test` })),
})

export const queued = (name: string): RunEventBody => ({
  kind: 'unit-queued',
  unit: unitId(suiteId(name)),
  suite: suiteId(name),
})

export const attempted = (
  name: string,
  ordinal = 1,
  isolation: 'thread' | 'process' = 'process',
): RunEventBody => ({
  kind: 'attempt-started',
  attempt: attemptId(unitId(suiteId(name)), ordinal),
  unit: unitId(suiteId(name)),
  suite: suiteId(name),
  worker: 0,
  isolation,
  reproduce: `npx mocha --config suites/${name}/.mocharc.json`,
})

export const caseDone = (name: string, title: string, failed = false, ordinal = 1): RunEventBody => ({
  kind: 'case-finished',
  attempt: attemptId(unitId(suiteId(name)), ordinal),
  case: sampleCase(title, failed ? { status: 'failed', error: { message: 'expected 3 to equal 2' } } : {}),
})

export const attemptDone = (name: string, ordinal = 1, superseded?: string): RunEventBody => ({
  kind: 'attempt-finished',
  attempt: attemptId(unitId(suiteId(name)), ordinal),
  outcome: superseded === undefined ? { status: 'passed' } : { status: 'failed', failures: 1 },
  durationMs: 410,
  ...(superseded !== undefined && { superseded }),
})

export const unitDone = (name: string, failures = 0): RunEventBody => ({
  kind: 'unit-finished',
  unit: unitId(suiteId(name)),
  suite: suiteId(name),
  outcome: failures === 0 ? { status: 'passed' } : { status: 'failed', failures },
})

export const cached = (name: string, tests = 12): RunEventBody => ({
  kind: 'suite-cached',
  suite: suiteId(name),
  suiteKind: 'unit',
  hash: '14029384756102938475',
  origin: { runId: runId(new Date(START - 7_400_000), 'b01d7e'), at: START - 7_400_000, source: 'nx-cache' },
  counts: { tests, passed: tests, failed: 0, skipped: 0, flaky: 0 },
  durationMs: 2_310,
  cases: { sha256: 'c'.repeat(64), bytes: 0, totalBytes: 0 },
})
