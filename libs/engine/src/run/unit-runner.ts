import {
  attemptId,
  DOUBTED_IN_THREAD,
  type ActualIsolation,
  type AttemptId,
  type Outcome,
  type Suite,
  type TestCase,
} from '@muster/model'
import { runnerFor, type InProcessProgram, type PrepareProblem, type UnitProgram } from '@muster/runners'
import { unfitForThreads, type AttemptEnd, type RunningAttempt, type WorkerPool } from '@muster/workers'
import type { Memory } from '../evidence/suite-memory.ts'
import type { Clock } from '../journal/clock.ts'
import type { Dispatcher } from '../journal/dispatcher.ts'
import { storeOutput } from '../journal/output-store.ts'
import { cacheDir } from '../journal/run-store.ts'
import { beginMeasuring } from '../measure/measure-attempt.ts'
import { AttachmentKeeper } from './attachment-keeper.ts'
import type { QuarantineBook } from './quarantine-book.ts'
import { unitCoverage, type UnitCoverage } from './unit-coverage.ts'
import type { UnitExecution } from './unit-execution.ts'

export interface RunningUnit {
  readonly done: Promise<Outcome>
  /** Ends it with grace; tear-down still runs. */
  stop(reason: string): void
  /** Ends it now. */
  kill(): void
}

/** Executes a unit once more; its attempts are added to the execution's. */
export type UnitRunner = (execution: UnitExecution, slot: number) => RunningUnit

export interface UnitRunnerOptions {
  readonly root: string
  readonly memory: Memory
  readonly env: Readonly<Record<string, string>>
  /** Overrides every suite's own limit. */
  readonly timeoutMs: number | undefined
  readonly quarantine: QuarantineBook
  /** Collect no coverage, whatever suites declare. */
  readonly skipCoverage?: boolean
}

/** Runs units on the pool: prepare, then one attempt or two (thread, then process). */
export function createUnitRunner(
  options: UnitRunnerOptions,
  dispatcher: Dispatcher,
  pool: WorkerPool,
  clock: Clock,
): UnitRunner {
  const warn = (message: string): void => dispatcher.emit({ kind: 'note', level: 'warning', message })
  const attachments = new AttachmentKeeper(options.root, dispatcher.runId, warn)
  return (execution, slot) =>
    new UnitRun({ ...options, attachments }, dispatcher, pool, clock, execution, slot).start()
}

interface UnitRunOptions extends UnitRunnerOptions {
  readonly attachments: AttachmentKeeper
}

class UnitRun {
  private stopReason: string | undefined
  private current: Pick<RunningAttempt, 'stop'> | undefined
  private readonly options: UnitRunOptions
  private readonly dispatcher: Dispatcher
  private readonly pool: WorkerPool
  private readonly clock: Clock
  private readonly execution: UnitExecution
  private readonly suite: Suite
  private readonly slot: number
  private readonly coverage: UnitCoverage | undefined

  constructor(
    options: UnitRunOptions,
    dispatcher: Dispatcher,
    pool: WorkerPool,
    clock: Clock,
    execution: UnitExecution,
    slot: number,
  ) {
    this.options = options
    this.dispatcher = dispatcher
    this.pool = pool
    this.clock = clock
    this.execution = execution
    this.suite = execution.suite
    this.slot = slot
    this.coverage =
      options.skipCoverage === true ? undefined : unitCoverage(options.root, dispatcher.runId, execution)
  }

  start(): RunningUnit {
    return {
      done: this.run(),
      stop: (reason) => {
        this.stopReason ??= reason
        this.current?.stop(reason)
      },
      kill: () => this.current?.stop('killed', { graceMs: 0 }),
    }
  }

  private async run(): Promise<Outcome> {
    const { root, env } = this.options
    const { unit, steps } = this.execution
    const coverage = this.coverage && { coverageDir: this.coverage.dir }
    const context = { root, cacheDir: cacheDir(root), env, ...coverage }
    const [prepared] = await Promise.all([
      runnerFor(this.suite.runner).prepare(this.suite, context, unit.part),
      this.options.quarantine.loaded,
    ])
    if (!prepared.ok) return this.withoutProgram(prepared.error)
    if (this.stopReason !== undefined) return { status: 'aborted', reason: this.stopReason }
    for (const message of prepared.value.notes ?? []) this.note('info', message)
    if (steps) {
      this.current = steps
      const problem = await steps.setUp()
      if (this.stopReason !== undefined) return { status: 'aborted', reason: this.stopReason }
      if (problem !== undefined) return { status: 'environment-error', message: problem }
    }
    return this.attempts(prepared.value)
  }

  private withoutProgram(problem: PrepareProblem): Outcome {
    if (problem.type === 'environment') {
      return { status: 'environment-error', message: problem.message, fix: problem.fix }
    }
    return this.suite.allowNoTests ? { status: 'passed' } : { status: 'no-tests', message: problem.message }
  }

  /**
   * `auto` tries a fresh thread first. A thread is only believed when it says "passed": whatever else it
   * says may be the thread's own doing (no chdir, no signals), so a fresh process decides, and it may do so from the
   * first failure on.
   */
  private async attempts(program: UnitProgram): Promise<Outcome> {
    const { id, isolation } = this.suite
    if (program.type === 'command' || program.ownProcess)
      return (await this.attempt(program, 'process')).outcome
    // In a process that others have used before, V8 knows only of calls, not of what was loaded.
    if (isolation === 'none' && this.coverage) return (await this.attempt(program, 'process')).outcome
    if (isolation !== 'auto') return (await this.attempt(program, isolation)).outcome
    const needsProcess = unfitForThreads(program) ?? this.options.memory.of(id).needsProcess
    if (needsProcess !== undefined) return (await this.attempt(program, 'process')).outcome
    const inThread = await this.attempt(this.scout(program), 'thread')
    if (!isDoubtful(inThread) || this.stopReason !== undefined) return inThread.outcome
    const inProcess = await this.attempt(program, 'process')
    this.learn(inThread, inProcess)
    return inProcess.outcome
  }

  /** Not where a failure may be forgiven: what comes after it must be seen, too. */
  private scout(program: InProcessProgram): InProcessProgram {
    const { scoutInput } = program
    if (scoutInput === undefined || this.options.quarantine.concerns(this.suite.id)) return program
    return { ...program, input: scoutInput }
  }

  private learn({ unfit, outcome }: AttemptEnd, inProcess: AttemptEnd): void {
    const passed = inProcess.outcome.status === 'passed'
    // What hung in a thread waits for its limit twice; once is enough to know.
    const hung = outcome.status === 'timed-out'
    if (unfit === undefined && !passed && !hung) return
    const reason = unfit ?? (passed ? 'failed in a thread, passed in a process' : 'timed out in a thread')
    this.options.memory.remember({ suite: this.suite.id, needsProcess: reason })
    if (unfit === undefined && passed) {
      this.note(
        'warning',
        'failed in a thread and passed in a process: it is flaky or depends on being a process; it runs in a process from now on',
      )
    } else this.note('info', `runs in a process from now on: ${reason}`)
  }

  private async attempt(program: UnitProgram, isolation: ActualIsolation): Promise<AttemptEnd> {
    const { dispatcher, execution, suite, slot } = this
    const { unit, attempts, steps } = execution
    const attempt = attemptId(unit.id, attempts.length + 1)
    const startedAt = this.clock.now()
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
    for (const testCase of execution.carried) tell(testCase)
    const { limits, setUp, tearDown } = suite
    const measuring =
      suite.measure && unit.shard === undefined ? beginMeasuring(this.options.root, suite.measure) : undefined
    this.coverage?.renew()
    const handle = this.pool.run(
      {
        slot,
        attempt,
        program,
        isolation,
        // Of a shard: whether the suite has tests is asked when all shards are done.
        allowNoTests: suite.allowNoTests || unit.shard !== undefined,
        timeoutMs: this.options.timeoutMs ?? suite.timeoutMs,
        slowAfterMs: suite.slowAfterMs,
        env: { ...this.options.env, ...this.coverage?.env, ...measuring?.env },
        limits,
        ...(steps === undefined && setUp !== undefined && { setUp }),
        ...(steps === undefined && tearDown !== undefined && { tearDown }),
      },
      {
        case: (testCase) => tell(this.quarantine(this.options.attachments.keep(testCase))),
        slow: () => dispatcher.emit({ kind: 'attempt-slow', attempt, afterMs: suite.slowAfterMs }),
      },
    )
    this.current = handle
    if (this.stopReason !== undefined) handle.stop(this.stopReason)
    const told = await handle.done
    this.current = undefined
    const end = { ...told, outcome: forgive(told.outcome, cases) }
    const measured = await measuring?.finish(end)
    for (const message of measured?.warnings ?? []) this.note('warning', message)
    if (measured) dispatcher.emit({ kind: 'suite-measured', attempt, measurement: measured.measurement })
    const superseded = isolation === 'thread' ? this.superseded(end) : undefined
    attempts.push({
      isolation,
      end,
      cases,
      startedAt,
      ...(this.coverage && { coverageDir: this.coverage.dir }),
      ...(measured && { measurement: measured.measurement }),
      ...(superseded !== undefined && { superseded }),
    })
    this.emitEnd(attempt, end, superseded)
    return end
  }

  /** Why a process decides after this end of an attempt in a thread. */
  private superseded(end: AttemptEnd): string | undefined {
    if (this.suite.isolation !== 'auto' || this.stopReason !== undefined) return undefined
    return end.unfit ?? (isDoubtful(end) ? DOUBTED_IN_THREAD : undefined)
  }

  private quarantine(testCase: TestCase): TestCase {
    if (testCase.status !== 'failed') return testCase
    const quarantined = this.options.quarantine.reasonFor(this.suite.id, testCase)
    return quarantined === undefined ? testCase : { ...testCase, quarantined }
  }

  private emitEnd(attempt: AttemptId, end: AttemptEnd, superseded: string | undefined): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const captured = end[stream]
      if (captured.totalBytes === 0) continue
      const output = storeOutput(this.options.root, this.dispatcher.runId, captured.data, captured.totalBytes)
      this.dispatcher.emit({ kind: 'output-captured', attempt, stream, output })
    }
    for (const message of end.notes) this.note('warning', message)
    this.dispatcher.emit({
      kind: 'attempt-finished',
      attempt,
      outcome: end.outcome,
      durationMs: end.durationMs,
      ...(superseded !== undefined && { superseded }),
      ...(end.usage && { usage: end.usage }),
    })
  }

  private note(level: 'info' | 'warning', message: string): void {
    this.dispatcher.emit({ kind: 'note', level, suite: this.suite.id, message })
  }
}

/** What a thread says of a unit, but for a pass and for trouble with its set-up, may be the thread's own doing. */
const isDoubtful = ({ unfit, outcome }: AttemptEnd): boolean =>
  unfit !== undefined || (outcome.status !== 'passed' && outcome.status !== 'environment-error')

/** A failure that all lies in quarantine is a pass that says so. */
function forgive(outcome: Outcome, cases: readonly TestCase[]): Outcome {
  if (outcome.status !== 'failed' || outcome.note !== undefined) return outcome
  const quarantined = cases.filter((each) => each.quarantined !== undefined && each.notRerun !== true).length
  return quarantined > 0 && quarantined === outcome.failures ? { status: 'passed', quarantined } : outcome
}
