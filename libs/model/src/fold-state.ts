import type { CoverageRecord } from './coverage.ts'
import type { AttemptId, SuiteId, UnitId } from './ids.ts'
import type { BaselineComparison, Measurement } from './measurement.ts'
import { mergeOutcomes, type Outcome, type Status } from './outcome.ts'
import type { Usage } from './resources.ts'
import type { ActualIsolation, OutputRef, PlannedSuite, RunEvent } from './run-event.ts'
import type { RunRecord, SuitePlan, SuiteRecord } from './run-record.ts'
import type { TestCase } from './test-case.ts'

type EventOf<Kind extends RunEvent['kind']> = Extract<RunEvent, { kind: Kind }>

/** What is known of an attempt so far. One that never finishes stays `aborted`. */
export interface AttemptState {
  readonly unit: UnitId
  readonly ordinal: number
  readonly worker: number
  readonly isolation: ActualIsolation
  readonly startedAt: number
  readonly reproduce: string
  readonly cases: TestCase[]
  durationMs: number
  status: Status
  superseded?: string
  usage?: Usage
  measurement?: Measurement
  slow: boolean
  stdout?: OutputRef
  stderr?: OutputRef
}

export interface UnitState {
  readonly id: UnitId
  readonly estimateMs: number
  readonly shard?: { readonly index: number; readonly of: number }
  readonly files?: readonly string[]
  readonly attempts: AttemptState[]
  outcome?: Outcome
}

export interface SuiteState {
  readonly suite: SuiteId
  readonly planned: Pick<PlannedSuite, 'kind' | 'dependsOn'>
  /** Absent for what was never planned: a cache's answer, or a journal that lost its beginning. */
  plan?: SuitePlan
  hash: string | null
  /** Skipped or cached as a whole. */
  answer?: Outcome
  readonly cached?: EventOf<'suite-cached'>
  readonly units: Map<UnitId, UnitState>
  coverage?: NonNullable<SuiteRecord['coverage']>
  comparisons?: readonly BaselineComparison[]
}

/** A run while its events come in; `applyEvent` is the only one to change it. */
export interface FoldState {
  readonly suites: Map<SuiteId, SuiteState>
  readonly attempts: Map<AttemptId, AttemptState>
  readonly notes: RunRecord['notes'][number][]
  readonly load: EventOf<'load-sampled'>[]
  started?: EventOf<'run-started'>
  runId: string
  lastAt: number
  halted?: string
  coverage?: CoverageRecord
  complete: boolean
}

export const emptyFold = (): FoldState => ({
  suites: new Map(),
  attempts: new Map(),
  notes: [],
  load: [],
  runId: '',
  lastAt: 0,
  complete: false,
})

/** What the suite came to; undefined while one of its units is open. */
export function outcomeOf({ answer, units }: Pick<SuiteState, 'answer' | 'units'>): Outcome | undefined {
  if (answer) return answer
  const outcomes = [...units.values()].map(({ outcome }) => outcome)
  const known = outcomes.filter((each) => each !== undefined)
  return known.length === 0 || known.length < outcomes.length ? undefined : mergeOutcomes(known)
}

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
      for (const planned of event.suites) planSuite(run, planned)
      break
    case 'suite-rescored': {
      const state = suiteOf(run, event.suite)
      if (state.plan) state.plan = { ...state.plan, score: event.score }
      break
    }
    case 'suite-hashed':
      suiteOf(run, event.suite).hash = event.hash
      break
    case 'suite-skipped':
      suiteOf(run, event.suite).answer = { status: 'skipped', reason: event.reason }
      break
    case 'suite-cached':
      run.suites.set(event.suite, cachedSuite(run, event))
      break
    case 'cache-rejected': {
      const message = `cached result not believed, run again: ${event.reason}`
      run.notes.push({ level: 'warning', suite: event.suite, message })
      break
    }
    case 'unit-queued': {
      const { unit: id, estimateMs, shard, files } = event
      const fresh = { id, estimateMs, attempts: [], ...(shard && { shard }), ...(files && { files }) }
      suiteOf(run, event.suite).units.set(id, fresh)
      break
    }
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
      unitOf(run, event.suite, event.unit).outcome = event.outcome
      break
    case 'note': {
      const { level, message, suite } = event
      run.notes.push({ level, message, ...(suite !== undefined && { suite }) })
      break
    }
    case 'run-halted':
      run.halted ??= event.reason
      break
    case 'run-finished':
      run.complete = true
      break
    case 'suite-measured': {
      const attempt = run.attempts.get(event.attempt)
      if (attempt) attempt.measurement = event.measurement
      break
    }
    case 'baseline-compared':
      suiteOf(run, event.suite).comparisons = event.comparisons
      break
    case 'coverage-collected':
      suiteOf(run, event.suite).coverage = { ...event.summary, data: event.data }
      break
    case 'coverage-merged': {
      const { totals, files, projects } = event
      run.coverage = { totals, files, projects }
      break
    }
    case 'load-sampled':
      run.load.push(event)
      break
    case 'suite-step-finished':
    case 'retry-scheduled':
      break
  }
}

/** Its hash may have come before; a second plan changes nothing. */
function planSuite(run: FoldState, planned: PlannedSuite): void {
  const known = suiteOf(run, planned.suite)
  if (known.plan) return
  const { suite, priority, phase, estimateMs, score } = planned
  run.suites.set(suite, { ...known, planned, plan: { priority, phase, estimateMs, score } })
}

function suiteOf(run: FoldState, suite: SuiteId): SuiteState {
  const known = run.suites.get(suite)
  if (known) return known
  const state: SuiteState = { suite, planned: { kind: 'unit', dependsOn: [] }, hash: null, units: new Map() }
  run.suites.set(suite, state)
  return state
}

function unitOf(run: FoldState, suite: SuiteId, unit: UnitId): UnitState {
  const { units } = suiteOf(run, suite)
  const known = units.get(unit)
  if (known) return known
  const state: UnitState = { id: unit, estimateMs: 0, attempts: [] }
  units.set(unit, state)
  return state
}

function cachedSuite(run: FoldState, event: EventOf<'suite-cached'>): SuiteState {
  const { suite, suiteKind: kind, hash } = event
  const { planned = { kind, dependsOn: [] }, plan, coverage } = run.suites.get(suite) ?? {}
  const answer: Outcome = { status: 'passed' }
  return {
    suite,
    planned,
    ...(plan && { plan }),
    hash,
    units: new Map(),
    ...(coverage && { coverage }),
    cached: event,
    answer,
  }
}

function startAttempt(run: FoldState, event: EventOf<'attempt-started'>): void {
  const { attempts } = unitOf(run, event.suite, event.unit)
  const state: AttemptState = {
    unit: event.unit,
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
  if (event.usage) attempt.usage = event.usage
}
