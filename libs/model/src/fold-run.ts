import { applyEvent, emptyFold, type AttemptState, type SuiteState } from './fold-state.ts'
import { describeOutcome, type Outcome, type Status } from './outcome.ts'
import type { OutputRef, RunEvent } from './run-event.ts'
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

/** The run as one record. Events may stop anywhere: what is open then is `aborted` and the record incomplete. */
export function foldRun(events: Iterable<RunEvent>, readCases: ReadCases): RunRecord {
  const run = emptyFold()
  for (const event of events) applyEvent(run, event)

  const unfinished = run.halted ?? 'the run ended before this suite did'
  const suites = [...run.suites.values()].map((state) => suiteRecord(state, unfinished, readCases))
  const { started, complete } = run
  return {
    version: RUN_RECORD_VERSION,
    runId: run.runId,
    workspace: started?.workspace ?? '',
    command: started?.command ?? '',
    muster: started?.muster ?? '',
    node: started?.node ?? '',
    platform: started?.platform ?? '',
    workers: started?.workers ?? 0,
    startedAt: started?.at ?? run.lastAt,
    finishedAt: run.lastAt,
    complete,
    verdict: verdictOf(suites, complete),
    totals: { suites: suites.length, ...suites.reduce(addCounts, NO_COUNTS) },
    notes: run.notes,
    suites,
  }
}

function suiteRecord(state: SuiteState, unfinished: string, readCases: ReadCases): SuiteRecord {
  const { planned, cached, attempts } = state
  const outcome: Outcome = state.outcome ?? { status: 'aborted', reason: unfinished }
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
    durationMs: cached?.durationMs ?? last?.durationMs ?? 0,
    slow: last?.slow ?? false,
    dependsOn: planned.dependsOn,
    ...(last && { reproduce: last.reproduce }),
    ...(last?.stdout && { stdout: last.stdout }),
    ...(last?.stderr && { stderr: last.stderr }),
    attempts: attempts.map(attemptRecord),
    cases,
  }
}

const attemptRecord = (attempt: AttemptState): AttemptRecord => ({
  ordinal: attempt.ordinal,
  worker: attempt.worker,
  isolation: attempt.isolation,
  startedAt: attempt.startedAt,
  durationMs: attempt.durationMs,
  status: attempt.status,
  ...(attempt.superseded !== undefined && { superseded: attempt.superseded }),
})

const WRONG: ReadonlySet<Status> = new Set<Status>(['failed', 'no-tests', 'timed-out', 'crashed'])

/** A test that failed outweighs trouble with the machine, which outweighs having been stopped. */
function verdictOf(suites: readonly SuiteRecord[], complete: boolean): Verdict {
  if (suites.some((each) => WRONG.has(each.status))) return 'failed'
  if (suites.some((each) => each.status === 'environment-error')) return 'error'
  if (!complete || suites.some((each) => each.status === 'aborted')) return 'aborted'
  return 'passed'
}
