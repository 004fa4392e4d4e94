import type { AttemptId, SuiteId } from './ids.ts'
import type { Outcome, Status } from './outcome.ts'
import type { ActualIsolation, OutputRef, PlannedSuite, RunEvent } from './run-event.ts'
import type { RunRecord } from './run-record.ts'
import type { TestCase } from './test-case.ts'

type EventOf<Kind extends RunEvent['kind']> = Extract<RunEvent, { kind: Kind }>

/** What is known of an attempt so far. One that never finishes stays `aborted`. */
export interface AttemptState {
  readonly ordinal: number
  readonly worker: number
  readonly isolation: ActualIsolation
  readonly startedAt: number
  readonly reproduce: string
  readonly cases: TestCase[]
  durationMs: number
  status: Status
  superseded?: string
  slow: boolean
  stdout?: OutputRef
  stderr?: OutputRef
}

export interface SuiteState {
  readonly planned: PlannedSuite
  hash: string | null
  outcome?: Outcome
  readonly cached?: EventOf<'suite-cached'>
  readonly attempts: AttemptState[]
}

/** A run while its events come in; `applyEvent` is the only one to change it. */
export interface FoldState {
  readonly suites: Map<SuiteId, SuiteState>
  readonly attempts: Map<AttemptId, AttemptState>
  readonly notes: RunRecord['notes'][number][]
  started?: EventOf<'run-started'>
  runId: string
  lastAt: number
  halted?: string
  complete: boolean
}

export const emptyFold = (): FoldState => ({
  suites: new Map(),
  attempts: new Map(),
  notes: [],
  runId: '',
  lastAt: 0,
  complete: false,
})

/**
 * Takes in one event. Events of suites that were never planned make them known; events of attempts that were
 * never started are without effect: a journal may have lost its beginning.
 */
export function applyEvent(run: FoldState, event: RunEvent): void {
  run.runId = event.runId
  run.lastAt = event.at
  switch (event.kind) {
    case 'run-started':
      run.started = event
      break
    case 'plan-ready':
      for (const planned of event.suites) {
        if (!run.suites.has(planned.suite))
          run.suites.set(planned.suite, { planned, hash: null, attempts: [] })
      }
      break
    case 'suite-hashed':
      suiteOf(run, event.suite).hash = event.hash
      break
    case 'suite-skipped':
      suiteOf(run, event.suite).outcome = { status: 'skipped', reason: event.reason }
      break
    case 'suite-cached':
      run.suites.set(event.suite, cachedSuite(run, event))
      break
    case 'cache-rejected': {
      const message = `cached result not believed, run again: ${event.reason}`
      run.notes.push({ level: 'warning', suite: event.suite, message })
      break
    }
    case 'unit-queued':
      break
    case 'attempt-started':
      startAttempt(run, event)
      break
    case 'case-finished':
      run.attempts.get(event.attempt)?.cases.push(event.case)
      break
    case 'output-captured': {
      const attempt = run.attempts.get(event.attempt)
      if (attempt) attempt[event.stream] = event.output
      break
    }
    case 'attempt-slow': {
      const attempt = run.attempts.get(event.attempt)
      if (attempt) attempt.slow = true
      break
    }
    case 'attempt-finished':
      finishAttempt(run.attempts.get(event.attempt), event)
      break
    case 'unit-finished':
      suiteOf(run, event.suite).outcome = event.outcome
      break
    case 'note': {
      const { level, message, suite } = event
      run.notes.push({ level, message, ...(suite !== undefined && { suite }) })
      break
    }
    case 'run-halted':
      run.halted = event.reason
      break
    case 'run-finished':
      run.complete = true
      break
  }
}

function suiteOf(run: FoldState, suite: SuiteId): SuiteState {
  const known = run.suites.get(suite)
  if (known) return known
  const planned: PlannedSuite = { suite, kind: 'unit', dependsOn: [], task: suite }
  const state: SuiteState = { planned, hash: null, attempts: [] }
  run.suites.set(suite, state)
  return state
}

function cachedSuite(run: FoldState, event: EventOf<'suite-cached'>): SuiteState {
  const { suite, suiteKind, hash } = event
  const planned = run.suites.get(suite)?.planned ?? { suite, kind: suiteKind, dependsOn: [], task: suite }
  return { planned, hash, attempts: [], cached: event, outcome: { status: 'passed' } }
}

function startAttempt(run: FoldState, event: EventOf<'attempt-started'>): void {
  const { attempts } = suiteOf(run, event.suite)
  const state: AttemptState = {
    ordinal: attempts.length + 1,
    worker: event.worker,
    isolation: event.isolation,
    startedAt: event.at,
    reproduce: event.reproduce,
    cases: [],
    durationMs: 0,
    status: 'aborted',
    slow: false,
  }
  run.attempts.set(event.attempt, state)
  attempts.push(state)
}

function finishAttempt(attempt: AttemptState | undefined, event: EventOf<'attempt-finished'>): void {
  if (!attempt) return
  attempt.durationMs = event.durationMs
  attempt.status = event.outcome.status
  if (event.superseded !== undefined) attempt.superseded = event.superseded
}
