import type {
  AttemptId,
  Counts,
  Origin,
  Outcome,
  PlannedSuite,
  RunEvent,
  SuiteId,
  UnitId,
} from '@muster/model'
import { mergeOutcomes } from '@muster/model'
import { finishCase, startAttempt, type AttemptProgress } from './attempt-progress.ts'

export interface UnitProgress {
  readonly unit: UnitId
  readonly suite: SuiteId
  /** 0 when nobody knows. */
  readonly estimateMs: number
  readonly shard?: { readonly index: number; readonly of: number }
  readonly attempts: AttemptProgress[]
  /** Set while it waits for its next attempt, without a worker. */
  retry?: { readonly at: number; readonly reason: string }
  outcome?: Outcome
}

export interface SuiteProgress {
  readonly suite: SuiteId
  /** Set when it was skipped or cached as a whole. */
  answer?: Outcome
  readonly cached?: { readonly origin: Origin; readonly counts: Counts; readonly durationMs: number }
  /** All its units together; 0 when nobody knows. Until it is queued, there is nothing better. */
  estimateMs: number
  dependsOn: readonly SuiteId[]
  readonly units: Map<UnitId, UnitProgress>
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
  /** What the run's processes kept busy when last looked at. */
  load?: { readonly cpus: number; readonly memoryBytes: number }
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

/** What the suite came to; undefined while one of its units is open, or none is queued. */
export function suiteOutcome({ answer, units }: SuiteProgress): Outcome | undefined {
  if (answer) return answer
  const outcomes: Outcome[] = []
  for (const { outcome } of units.values()) {
    if (!outcome) return undefined
    outcomes.push(outcome)
  }
  return outcomes.length === 0 ? undefined : mergeOutcomes(outcomes)
}

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
    case 'suite-rescored':
      suiteOf(state, event.suite)
      break
    case 'suite-skipped':
      suiteOf(state, event.suite).answer = { status: 'skipped', reason: event.reason }
      break
    case 'suite-cached':
      state.suites.set(event.suite, cachedSuite(event))
      break
    case 'unit-queued': {
      const { unit, suite, estimateMs, shard } = event
      const fresh = { unit, suite, estimateMs, attempts: [], ...(shard && { shard }) }
      suiteOf(state, suite).units.set(unit, fresh)
      break
    }
    case 'attempt-started':
      startAttempt(state.attempts, unitOf(state, event.suite, event.unit), event)
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
        outcome: event.outcome,
        superseded: event.superseded !== undefined,
      })
      break
    case 'retry-scheduled': {
      const unit = state.suites.get(event.suite)?.units.get(event.unit)
      if (unit) unit.retry = { at: event.at + event.delayMs, reason: event.reason }
      break
    }
    case 'unit-finished': {
      const unit = unitOf(state, event.suite, event.unit)
      unit.outcome = event.outcome
      delete unit.retry
      break
    }
    case 'load-sampled':
      state.load = event
      break
    case 'run-halted':
      state.halted ??= event.reason
      break
    case 'run-finished':
      state.finished = true
      break
    case 'suite-measured':
    case 'baseline-compared':
    case 'coverage-collected':
    case 'coverage-merged':
    case 'cache-rejected':
    case 'suite-step-finished':
    case 'output-captured':
    case 'note':
      break
  }
}

function plan(state: ProgressState, { suite: id, estimateMs, dependsOn }: PlannedSuite): void {
  const suite = suiteOf(state, id)
  suite.estimateMs = estimateMs
  suite.dependsOn = dependsOn
}

function suiteOf(state: ProgressState, id: SuiteId): SuiteProgress {
  const known = state.suites.get(id)
  if (known) return known
  const fresh: SuiteProgress = { suite: id, estimateMs: 0, dependsOn: [], units: new Map() }
  state.suites.set(id, fresh)
  return fresh
}

function unitOf(state: ProgressState, suite: SuiteId, unit: UnitId): UnitProgress {
  const { units } = suiteOf(state, suite)
  const known = units.get(unit)
  if (known) return known
  const fresh: UnitProgress = { unit, suite, estimateMs: 0, attempts: [] }
  units.set(unit, fresh)
  return fresh
}

const cachedSuite = (event: Extract<RunEvent, { kind: 'suite-cached' }>): SuiteProgress => ({
  suite: event.suite,
  answer: { status: 'passed' },
  cached: { origin: event.origin, counts: event.counts, durationMs: event.durationMs },
  estimateMs: 0,
  dependsOn: [],
  units: new Map(),
})

function update(state: ProgressState, id: AttemptId, change: Partial<AttemptProgress>): void {
  const attempt = state.attempts.get(id)
  if (attempt) Object.assign(attempt, change)
}
