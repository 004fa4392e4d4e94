import type { Outcome, PlannedSuite, RunEvent, RunEventBody } from '@muster/model'
import { attemptId, NO_COUNTS, RUN_EVENT_VERSION, runId, suiteId, unitId } from '@muster/model'
import { sampleCase, START } from './sample-record.ts'

export const RUN = runId(new Date(START), '3f9a1c')

/** Gives bodies their envelope: one second apart. */
export const stamp = (bodies: readonly RunEventBody[]): RunEvent[] =>
  bodies.map((body, seq) => ({ v: RUN_EVENT_VERSION, runId: RUN, seq, at: START + seq * 1_000, ...body }))

export const started = (workers = 2): RunEventBody => ({
  kind: 'run-started',
  workspace: 'shop',
  command: 'nx affected -t test',
  muster: '0.1.0',
  node: 'v20.20.2',
  platform: 'linux x64',
  workers,
  failFast: false,
  objective: 'balanced',
  capacity: { workers, cpus: workers, memoryBytes: 4_000_000_000, semaphores: {}, labels: [] },
  machine: 'linux-x64-2',
})

export const planned = (...names: string[]): RunEventBody => ({
  kind: 'plan-ready',
  suites: names.map((name) => plannedSuite(name)),
})

export const plannedSuite = (
  name: string,
  estimateMs = 0,
  dependsOn: readonly string[] = [],
): PlannedSuite => ({
  suite: suiteId(name),
  kind: 'unit',
  dependsOn: dependsOn.map(suiteId),
  task: `${name}:test`,
  priority: 'medium',
  phase: dependsOn.length > 0 ? 1 : 0,
  estimateMs,
  score: { total: 1, parts: [] },
})

/** `a` is the suite, `a#2/3` a shard of it. */
const idsOf = (name: string) => {
  const suite = suiteId(name.replace(/#.*/, ''))
  const shard = /#(?<index>\d+)\/(?<of>\d+)$/.exec(name)?.groups
  const [index, of] = [Number(shard?.['index']), Number(shard?.['of'])]
  return shard
    ? { suite, shard: { index, of }, unit: unitId(suite, { index, of }) }
    : { suite, unit: unitId(suite) }
}

export const queued = (name: string, estimateMs = 0): RunEventBody => ({
  kind: 'unit-queued',
  ...idsOf(name),
  estimateMs,
})

/** Of the unit's last attempt, when it failed. */
export const retrying = (name: string, ordinal = 1, delayMs = 2_000): RunEventBody => {
  const { suite, unit } = idsOf(name)
  return {
    kind: 'retry-scheduled',
    unit,
    suite,
    attempt: attemptId(unit, ordinal),
    delayMs,
    reason: `${ordinal} of 2`,
  }
}

export const attempted = (
  name: string,
  ordinal = 1,
  isolation: 'thread' | 'process' = 'process',
  worker = 0,
): RunEventBody => ({
  kind: 'attempt-started',
  attempt: attemptId(idsOf(name).unit, ordinal),
  unit: idsOf(name).unit,
  suite: idsOf(name).suite,
  worker,
  isolation,
  reproduce: `npx mocha --config suites/${name}/.mocharc.json`,
})

export const caseDone = (name: string, title: string, failed = false, ordinal = 1): RunEventBody => ({
  kind: 'case-finished',
  attempt: attemptId(idsOf(name).unit, ordinal),
  case: sampleCase(title, failed ? { status: 'failed', error: { message: 'expected 3 to equal 2' } } : {}),
})

export const attemptDone = (
  name: string,
  ordinal = 1,
  superseded?: string,
  outcome: Outcome = { status: 'passed' },
): RunEventBody => ({
  kind: 'attempt-finished',
  attempt: attemptId(idsOf(name).unit, ordinal),
  outcome: superseded === undefined ? outcome : { status: 'failed', failures: 1 },
  durationMs: 410,
  ...(superseded !== undefined && { superseded }),
})

export const unitDone = (name: string, failures = 0): RunEventBody => ({
  kind: 'unit-finished',
  unit: idsOf(name).unit,
  suite: idsOf(name).suite,
  outcome: failures === 0 ? { status: 'passed' } : { status: 'failed', failures },
})

export const cached = (name: string, tests = 12): RunEventBody => ({
  kind: 'suite-cached',
  suite: suiteId(name),
  suiteKind: 'unit',
  hash: '14029384756102938475',
  origin: { runId: runId(new Date(START - 7_400_000), 'b01d7e'), at: START - 7_400_000, source: 'nx-cache' },
  counts: { ...NO_COUNTS, tests, passed: tests },
  durationMs: 2_310,
  cases: { sha256: 'c'.repeat(64), bytes: 0, totalBytes: 0 },
})
