import type {
  AttemptId,
  Counts,
  Origin,
  Outcome,
  PlannedSuite,
  RunEvent,
  SuiteId,
  TestCase,
} from '@muster/model'
import { addCounts, countCases, NO_COUNTS } from '@muster/model'

export interface AttemptProgress {
  readonly attempt: AttemptId
  readonly suite: SuiteId
  readonly worker: number
  readonly isolation: 'process' | 'thread' | 'none'
  readonly startedAt: number
  readonly reproduce: string
  counts: Counts
  durationMs: number
  slow: boolean
  superseded: boolean
  finished: boolean
  /** Kept until the suite's verdict is known, for the lines printed below it. */
  readonly failures: TestCase[]
}

export interface SuiteProgress {
  readonly suite: SuiteId
  queued: boolean
  outcome?: Outcome
  cached?: { readonly origin: Origin; readonly counts: Counts; readonly durationMs: number }
  readonly attempts: AttemptProgress[]
}

/** A run as far as it got. The live screen and the plain lines read this and nothing else. */
export interface ProgressState {
  runId: string
  workers: number
  startedAt: number
  /** Of the last event. */
  at: number
  readonly suites: Map<SuiteId, SuiteProgress>
  readonly attempts: Map<AttemptId, AttemptProgress>
  halted?: string
  finished: boolean
}

export const startProgress = (): ProgressState => ({
  runId: '',
  workers: 0,
  startedAt: 0,
  at: 0,
  suites: new Map(),
  attempts: new Map(),
  finished: false,
})

/** Takes the next event in, in place: a run may have a hundred thousand of them. */
export function advance(state: ProgressState, event: RunEvent): void {
  state.runId = event.runId
  state.at = event.at
  if (state.startedAt === 0) state.startedAt = event.at
  switch (event.kind) {
    case 'run-started':
      state.workers = event.workers
      state.startedAt = event.at
      break
    case 'plan-ready':
      for (const planned of event.suites) plan(state, planned)
      break
    case 'suite-hashed':
      suiteOf(state, event.suite)
      break
    case 'suite-skipped':
      suiteOf(state, event.suite).outcome = { status: 'skipped', reason: event.reason }
      break
    case 'suite-cached':
      state.suites.set(event.suite, {
        suite: event.suite,
        queued: false,
        outcome: { status: 'passed' },
        cached: { origin: event.origin, counts: event.counts, durationMs: event.durationMs },
        attempts: [],
      })
      break
    case 'unit-queued': {
      const known = state.suites.get(event.suite)
      if (known) known.queued = true
      break
    }
    case 'attempt-started':
      startAttempt(state, event)
      break
    case 'case-finished':
      finishCase(state.attempts.get(event.attempt), event.case)
      break
    case 'attempt-slow':
      update(state, event.attempt, { slow: true })
      break
    case 'attempt-finished':
      update(state, event.attempt, {
        finished: true,
        durationMs: event.durationMs,
        superseded: event.superseded !== undefined,
      })
      break
    case 'unit-finished':
      suiteOf(state, event.suite).outcome = event.outcome
      break
    case 'run-halted':
      state.halted = event.reason
      break
    case 'run-finished':
      state.finished = true
      break
    case 'cache-rejected':
    case 'output-captured':
    case 'note':
      break
  }
}

function suiteOf(state: ProgressState, id: SuiteId): SuiteProgress {
  const known = state.suites.get(id)
  if (known) return known
  const fresh: SuiteProgress = { suite: id, queued: false, attempts: [] }
  state.suites.set(id, fresh)
  return fresh
}

const plan = (state: ProgressState, planned: PlannedSuite): unknown => suiteOf(state, planned.suite)

function startAttempt(state: ProgressState, event: Extract<RunEvent, { kind: 'attempt-started' }>): void {
  const attempt: AttemptProgress = {
    attempt: event.attempt,
    suite: event.suite,
    worker: event.worker,
    isolation: event.isolation,
    startedAt: event.at,
    reproduce: event.reproduce,
    counts: NO_COUNTS,
    durationMs: 0,
    slow: false,
    superseded: false,
    finished: false,
    failures: [],
  }
  state.attempts.set(event.attempt, attempt)
  suiteOf(state, event.suite).attempts.push(attempt)
}

function finishCase(attempt: AttemptProgress | undefined, testCase: TestCase): void {
  if (!attempt) return
  attempt.counts = addCounts(attempt.counts, countCases([testCase]))
  if (testCase.status === 'failed') attempt.failures.push(testCase)
}

function update(state: ProgressState, id: AttemptId, change: Partial<AttemptProgress>): void {
  const attempt = state.attempts.get(id)
  if (attempt) Object.assign(attempt, change)
}
