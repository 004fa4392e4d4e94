import { casesOfUnit, failedBefore } from './fold-cases.ts'
import {
  applyEvent,
  emptyFold,
  outcomeOf,
  type AttemptState,
  type FoldState,
  type SuiteState,
  type UnitState,
} from './fold-state.ts'
import { describeOutcome, type Outcome, type Status } from './outcome.ts'
import type { Capacity } from './resources.ts'
import type { OutputRef, RunEvent } from './run-event.ts'
import {
  RUN_RECORD_VERSION,
  type AttemptRecord,
  type RunRecord,
  type SuiteRecord,
  type UnitRecord,
  type Verdict,
} from './run-record.ts'
import { addCounts, countCases, NO_COUNTS, type TestCase } from './test-case.ts'

/** Reads the cases of a cached suite, which the journal holds by content. An unreadable one is an empty list. */
export type ReadCases = (ref: OutputRef) => readonly TestCase[]

/** The run as one record. Events may stop anywhere: what is open then is `aborted` and the record incomplete. */
export function foldRun(events: Iterable<RunEvent>, readCases: ReadCases): RunRecord {
  const run = emptyFold()
  for (const event of events) applyEvent(run, event)

  const unfinished = run.halted ?? 'the run ended before this suite did'
  const suites = [...run.suites.values()].map((state) => suiteRecord(state, unfinished, readCases))
  const { started, complete, halted } = run
  const workers = started?.workers ?? 0
  return {
    version: RUN_RECORD_VERSION,
    runId: run.runId,
    workspace: started?.workspace ?? '',
    command: started?.command ?? '',
    muster: started?.muster ?? '',
    node: started?.node ?? '',
    platform: started?.platform ?? '',
    workers,
    machine: started?.machine ?? '',
    objective: started?.objective ?? 'balanced',
    ...(started?.budgetMs !== undefined && { budgetMs: started.budgetMs }),
    capacity: started?.capacity ?? NO_CAPACITY,
    utilisation: utilisation(run.attempts.values(), workers),
    ...(run.load.length > 0 && { load: loadOf(run.load) }),
    ...(halted !== undefined && { halted }),
    startedAt: started?.at ?? run.lastAt,
    finishedAt: run.lastAt,
    complete,
    verdict: verdictOf(suites, complete),
    totals: { suites: suites.length, ...suites.reduce(addCounts, NO_COUNTS) },
    ...(run.coverage && { coverage: run.coverage }),
    notes: run.notes,
    suites,
  }
}

const NO_CAPACITY: Capacity = { workers: 0, cpus: 0, memoryBytes: 0, semaphores: {}, labels: [] }

const loadOf = (samples: FoldState['load']): NonNullable<RunRecord['load']> => ({
  averageCpus: samples.reduce((sum, { cpus }) => sum + cpus, 0) / samples.length,
  peakMemoryBytes: samples.reduce((max, { memoryBytes }) => Math.max(max, memoryBytes), 0),
})

/** From the first start to the last end: what Nx does before and after is not the workers' time. */
function utilisation(attempts: Iterable<AttemptState>, workers: number): number {
  let busy = 0
  let from = Number.POSITIVE_INFINITY
  let to = 0
  for (const { startedAt, durationMs } of attempts) {
    busy += durationMs
    from = Math.min(from, startedAt)
    to = Math.max(to, startedAt + durationMs)
  }
  return workers === 0 || to <= from ? 0 : Math.min(1, busy / ((to - from) * workers))
}

function suiteRecord(state: SuiteState, unfinished: string, readCases: ReadCases): SuiteRecord {
  const { planned, cached, plan } = state
  const units = [...state.units.values()]
  const outcome: Outcome = outcomeOf(state) ?? { status: 'aborted', reason: unfinished }
  const attempts = units.flatMap((unit) => unit.attempts)
  const last = units.flatMap((unit) => unit.attempts.at(-1) ?? [])
  const cases = cached ? readCases(cached.cases) : units.flatMap(({ attempts: made }) => casesOfUnit(made))
  const counts = cached ? cached.counts : countCases(cases)
  const measurement = cached ? cached.measurement : last[0]?.measurement
  const toRepeat = last.find(({ status }) => status !== 'passed') ?? last[0]
  return {
    name: state.suite,
    kind: planned.kind,
    status: outcome.status,
    ...(outcome.status !== 'passed' && { message: describeOutcome(outcome) }),
    cached: cached !== undefined,
    from: cached?.origin ?? null,
    hash: state.hash,
    ...counts,
    durationMs: cached?.durationMs ?? last.reduce((sum, each) => sum + each.durationMs, 0),
    slow: last.some(({ slow }) => slow),
    unstable: outcome.status === 'passed' && units.some(isUnstable),
    dependsOn: planned.dependsOn,
    ...(toRepeat && { reproduce: toRepeat.reproduce }),
    plan: plan ?? null,
    units: units.map((unit) => unitRecord(unit, state.answer ?? { status: 'aborted', reason: unfinished })),
    attempts: attempts.map(attemptRecord),
    cases,
    ...(state.coverage && { coverage: state.coverage }),
    ...(measurement && { measurement }),
    ...(state.comparisons && { comparisons: state.comparisons }),
  }
}

const isUnstable = ({ attempts }: UnitState): boolean =>
  failedBefore(attempts, ({ status }) => status === 'passed')

function unitRecord(unit: UnitState, open: Outcome): UnitRecord {
  const { id, estimateMs, shard, files, outcome: end = open } = unit
  return {
    id,
    estimateMs,
    ...(shard && { shard }),
    ...(files && { files }),
    status: end.status,
    ...(end.status !== 'passed' && { message: describeOutcome(end) }),
  }
}

const attemptRecord = (attempt: AttemptState): AttemptRecord => ({
  unit: attempt.unit,
  ordinal: attempt.ordinal,
  worker: attempt.worker,
  isolation: attempt.isolation,
  startedAt: attempt.startedAt,
  durationMs: attempt.durationMs,
  status: attempt.status,
  ...(attempt.superseded !== undefined && { superseded: attempt.superseded }),
  ...(attempt.usage && { usage: attempt.usage }),
  ...(attempt.stdout && { stdout: attempt.stdout }),
  ...(attempt.stderr && { stderr: attempt.stderr }),
})

const WRONG: ReadonlySet<Status> = new Set<Status>(['failed', 'no-tests', 'timed-out', 'crashed'])

/** A test that failed outweighs trouble with the machine, which outweighs having been stopped or left out. */
function verdictOf(suites: readonly SuiteRecord[], complete: boolean): Verdict {
  if (suites.some((each) => WRONG.has(each.status))) return 'failed'
  if (suites.some(({ status }) => status === 'environment-error' || status === 'no-device')) return 'error'
  if (!complete || suites.some(({ status }) => status === 'aborted' || status === 'skipped')) return 'aborted'
  return 'passed'
}
