import type { AttemptId, SuiteId } from './ids.ts'
import { describeOutcome, type Outcome, type Status } from './outcome.ts'
import type { OutputRef, PlannedSuite, RunEvent } from './run-event.ts'
import {
  RUN_RECORD_VERSION,
  type AttemptRecord,
  type RunRecord,
  type SuiteRecord,
  type Verdict,
} from './run-record.ts'
import { addCounts, countCases, NO_COUNTS, type TestCase } from './test-case.ts'

/** Reads the cases of a cached suite, which the journal holds by content. An unreadable one is an empty list. */
export type ReadCases = (ref: OutputRef) => readonly TestCase[]

interface AttemptState {
  readonly record: AttemptRecord
  readonly reproduce: string
  readonly cases: TestCase[]
  slow: boolean
  stdout?: OutputRef
  stderr?: OutputRef
}

interface SuiteState {
  readonly planned: PlannedSuite
  hash: string | null
  outcome?: Outcome
  cached?: Extract<RunEvent, { kind: 'suite-cached' }>
  readonly attempts: AttemptState[]
}

/** The run as one record. Events may stop anywhere: what is open then is `aborted` and the record incomplete. */
export function foldRun(events: Iterable<RunEvent>, readCases: ReadCases): RunRecord {
  const suites = new Map<SuiteId, SuiteState>()
  const attempts = new Map<AttemptId, AttemptState>()
  const notes: { level: 'info' | 'warning'; suite?: string; message: string }[] = []
  let started: Extract<RunEvent, { kind: 'run-started' }> | undefined
  let lastAt = 0
  let halted: string | undefined
  let complete = false
  let runId = ''

  const suite = (id: SuiteId): SuiteState => {
    let state = suites.get(id)
    if (!state) {
      state = { planned: { suite: id, kind: 'unit', dependsOn: [], task: id }, hash: null, attempts: [] }
      suites.set(id, state)
    }
    return state
  }
  const attempt = (id: AttemptId, use: (state: AttemptState) => void): void => {
    const state = attempts.get(id)
    if (state) use(state)
  }

  for (const event of events) {
    runId = event.runId
    lastAt = event.at
    switch (event.kind) {
      case 'run-started':
        started = event
        break
      case 'plan-ready':
        for (const planned of event.suites) {
          if (!suites.has(planned.suite)) suites.set(planned.suite, { planned, hash: null, attempts: [] })
        }
        break
      case 'suite-hashed':
        suite(event.suite).hash = event.hash
        break
      case 'suite-skipped':
        suite(event.suite).outcome = { status: 'skipped', reason: event.reason }
        break
      case 'suite-cached': {
        const known = suites.get(event.suite)?.planned
        const planned = known ?? {
          suite: event.suite,
          kind: event.suiteKind,
          dependsOn: [],
          task: event.suite,
        }
        suites.set(event.suite, {
          planned,
          hash: event.hash,
          attempts: [],
          cached: event,
          outcome: { status: 'passed' },
        })
        break
      }
      case 'cache-rejected':
        notes.push({
          level: 'warning',
          suite: event.suite,
          message: `cached result not believed, run again: ${event.reason}`,
        })
        break
      case 'unit-queued':
        break
      case 'attempt-started': {
        const state: AttemptState = {
          record: {
            ordinal: suite(event.suite).attempts.length + 1,
            worker: event.worker,
            isolation: event.isolation,
            startedAt: event.at,
            durationMs: 0,
            status: 'aborted',
          },
          reproduce: event.reproduce,
          cases: [],
          slow: false,
        }
        attempts.set(event.attempt, state)
        suite(event.suite).attempts.push(state)
        break
      }
      case 'case-finished':
        attempt(event.attempt, (state) => state.cases.push(event.case))
        break
      case 'output-captured':
        attempt(event.attempt, (state) => (state[event.stream] = event.output))
        break
      case 'attempt-slow':
        attempt(event.attempt, (state) => (state.slow = true))
        break
      case 'attempt-finished':
        attempt(event.attempt, (state) => {
          const { superseded, durationMs, outcome } = event
          Object.assign(state.record, {
            durationMs,
            status: outcome.status,
            ...(superseded !== undefined && { superseded }),
          })
        })
        break
      case 'unit-finished':
        suite(event.suite).outcome = event.outcome
        break
      case 'note':
        notes.push({
          level: event.level,
          message: event.message,
          ...(event.suite !== undefined && { suite: event.suite }),
        })
        break
      case 'run-halted':
        halted = event.reason
        break
      case 'run-finished':
        complete = true
        break
    }
  }

  const records = [...suites.values()].map((state) => suiteRecord(state, halted, readCases))
  return {
    version: RUN_RECORD_VERSION,
    runId,
    workspace: started?.workspace ?? '',
    command: started?.command ?? '',
    muster: started?.muster ?? '',
    node: started?.node ?? '',
    platform: started?.platform ?? '',
    workers: started?.workers ?? 0,
    startedAt: started?.at ?? lastAt,
    finishedAt: lastAt,
    complete,
    verdict: verdictOf(records, complete),
    totals: { suites: records.length, ...records.reduce(addCounts, NO_COUNTS) },
    notes,
    suites: records,
  }
}

function suiteRecord(state: SuiteState, halted: string | undefined, readCases: ReadCases): SuiteRecord {
  const { planned, cached, attempts } = state
  const outcome: Outcome = state.outcome ?? {
    status: 'aborted',
    reason: halted ?? 'the run ended before this suite did',
  }
  const last = attempts.at(-1)
  const cases = cached ? readCases(cached.cases) : (last?.cases ?? [])
  const counts = cached ? cached.counts : countCases(cases)
  return {
    name: planned.suite,
    kind: planned.kind,
    status: outcome.status,
    ...(outcome.status !== 'passed' && { message: describeOutcome(outcome) }),
    cached: cached !== undefined,
    from: cached?.origin ?? null,
    hash: state.hash,
    ...counts,
    durationMs: cached?.durationMs ?? last?.record.durationMs ?? 0,
    slow: last?.slow ?? false,
    dependsOn: planned.dependsOn,
    ...(last && { reproduce: last.reproduce }),
    ...(last?.stdout && { stdout: last.stdout }),
    ...(last?.stderr && { stderr: last.stderr }),
    attempts: attempts.map((each) => each.record),
    cases,
  }
}

const WRONG: ReadonlySet<Status> = new Set<Status>(['failed', 'no-tests', 'timed-out', 'crashed'])

/** A test that failed outweighs trouble with the machine, which outweighs having been stopped. */
function verdictOf(suites: readonly SuiteRecord[], complete: boolean): Verdict {
  if (suites.some((each) => WRONG.has(each.status))) return 'failed'
  if (suites.some((each) => each.status === 'environment-error')) return 'error'
  if (!complete || suites.some((each) => each.status === 'aborted')) return 'aborted'
  return 'passed'
}
