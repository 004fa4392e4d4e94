import { attemptId, type ActualIsolation, type AttemptId, type Outcome, type TestCase } from '@muster/model'
import type { UnitProgram } from '@muster/runners'
import type { AttemptEnd, WorkerPool } from '@muster/workers'
import type { Clock } from '../journal/clock.ts'
import type { Dispatcher } from '../journal/dispatcher.ts'
import { storeOutput } from '../journal/output-store.ts'
import { beginMeasuring } from '../measure/measure-attempt.ts'
import type { AttachmentKeeper } from './attachment-keeper.ts'
import type { QuarantineBook } from './quarantine-book.ts'
import type { UnitCoverage } from './unit-coverage.ts'
import type { UnitExecution } from './unit-execution.ts'

/** What all attempts at a unit have in common. */
export interface AttemptContext {
  readonly root: string
  readonly env: Readonly<Record<string, string>>
  /** Overrides the suite's own limit. */
  readonly timeoutMs: number | undefined
  readonly quarantine: QuarantineBook
  readonly attachments: AttachmentKeeper
  readonly dispatcher: Dispatcher
  readonly pool: WorkerPool
  readonly clock: Clock
  readonly execution: UnitExecution
  readonly slot: number
  readonly hasMore: () => boolean
  readonly coverage: UnitCoverage | undefined
}

export interface BegunAttempt {
  /** With failures in quarantine forgiven; told to the journal, and among the attempts of the execution. */
  readonly done: Promise<AttemptEnd>
  stop(reason: string, options?: { readonly graceMs: number }): void
}

/**
 * Makes one attempt at a unit on the pool and journals it.
 * @param supersededBy why this end isn't the unit's; asked once it has ended
 */
export function beginAttempt(
  context: AttemptContext,
  program: UnitProgram,
  isolation: ActualIsolation,
  supersededBy: (end: AttemptEnd) => string | undefined,
): BegunAttempt {
  const { root, attachments, dispatcher, pool, execution, slot, hasMore, coverage } = context
  const { suite, unit, attempts, steps, carried } = execution
  const attempt = attemptId(unit.id, attempts.length + 1)
  const startedAt = context.clock.now()
  dispatcher.emit({
    kind: 'attempt-started',
    attempt,
    unit: unit.id,
    suite: suite.id,
    worker: slot,
    isolation,
    reproduce: program.reproduce,
  })
  const cases: TestCase[] = []
  const tell = (testCase: TestCase): void => {
    cases.push(testCase)
    dispatcher.emit({ kind: 'case-finished', attempt, case: testCase })
  }
  for (const testCase of carried) tell(testCase)
  const { limits, measure, setUp, tearDown } = suite
  const measuring = measure && unit.shard === undefined ? beginMeasuring(root, measure) : undefined
  coverage?.renew()
  const running = pool.run(
    {
      slot,
      hasMore,
      attempt,
      program,
      isolation,
      // Of a shard: whether the suite has tests is asked when all shards are done.
      allowNoTests: suite.allowNoTests || unit.shard !== undefined,
      timeoutMs: context.timeoutMs ?? suite.timeoutMs,
      slowAfterMs: suite.slowAfterMs,
      env: { ...context.env, ...coverage?.env, ...measuring?.env },
      limits,
      ...(steps === undefined && setUp !== undefined && { setUp }),
      ...(steps === undefined && tearDown !== undefined && { tearDown }),
    },
    {
      case: (testCase) => tell(inQuarantine(context, attachments.keep(testCase))),
      slow: () => dispatcher.emit({ kind: 'attempt-slow', attempt, afterMs: suite.slowAfterMs }),
    },
  )
  const finish = async (): Promise<AttemptEnd> => {
    const told = await running.done
    const end = { ...told, outcome: forgive(told.outcome, cases) }
    const measured = await measuring?.finish(end)
    for (const message of measured?.warnings ?? []) warn(context, message)
    if (measured) dispatcher.emit({ kind: 'suite-measured', attempt, measurement: measured.measurement })
    const superseded = supersededBy(end)
    attempts.push({
      isolation,
      end,
      cases,
      startedAt,
      ...(coverage && { coverageDir: coverage.dir }),
      ...(measured && { measurement: measured.measurement }),
      ...(superseded !== undefined && { superseded }),
    })
    journalEnd(context, attempt, end, superseded)
    return end
  }
  return { done: finish(), stop: (...args) => running.stop(...args) }
}

function journalEnd(
  context: AttemptContext,
  attempt: AttemptId,
  end: AttemptEnd,
  superseded: string | undefined,
): void {
  const { root, dispatcher } = context
  for (const stream of ['stdout', 'stderr'] as const) {
    const captured = end[stream]
    if (captured.totalBytes === 0) continue
    const output = storeOutput(root, dispatcher.runId, captured.data, captured.totalBytes)
    dispatcher.emit({ kind: 'output-captured', attempt, stream, output })
  }
  for (const message of end.notes) warn(context, message)
  dispatcher.emit({
    kind: 'attempt-finished',
    attempt,
    outcome: end.outcome,
    durationMs: end.durationMs,
    ...(superseded !== undefined && { superseded }),
    ...(end.usage && { usage: end.usage }),
  })
}

function inQuarantine({ quarantine, execution }: AttemptContext, testCase: TestCase): TestCase {
  if (testCase.status !== 'failed') return testCase
  const quarantined = quarantine.reasonFor(execution.suite.id, testCase)
  return quarantined === undefined ? testCase : { ...testCase, quarantined }
}

/** A failure that all lies in quarantine is a pass that says so. */
function forgive(outcome: Outcome, cases: readonly TestCase[]): Outcome {
  if (outcome.status !== 'failed' || outcome.note !== undefined) return outcome
  const quarantined = cases.filter((each) => each.quarantined !== undefined && each.notRerun !== true).length
  return quarantined > 0 && quarantined === outcome.failures ? { status: 'passed', quarantined } : outcome
}

const warn = ({ dispatcher, execution }: AttemptContext, message: string): void =>
  dispatcher.emit({ kind: 'note', level: 'warning', suite: execution.suite.id, message })
