import {
  attemptId,
  unitId,
  type ActualIsolation,
  type AttemptId,
  type Outcome,
  type Suite,
  type SuiteId,
  type TestCase,
} from '@muster/model'
import { runnerFor, type PrepareProblem, type UnitProgram } from '@muster/runners'
import { unfitForThreads, type AttemptEnd, type RunningAttempt, type WorkerPool } from '@muster/workers'
import { removeEvidence } from '../evidence/evidence-store.ts'
import type { Memory } from '../evidence/suite-memory.ts'
import type { Clock } from '../journal/clock.ts'
import type { Dispatcher } from '../journal/dispatcher.ts'
import { storeOutput } from '../journal/output-store.ts'
import { cacheDir } from '../journal/run-store.ts'
import { keepPass, type Pass } from './keep-pass.ts'
import type { SuiteRequest } from './suite-request.ts'

export interface RunningUnit {
  readonly done: Promise<Outcome>
  /** Ends it with grace; tear-down still runs. */
  stop(reason: string): void
  /** Ends it now. */
  kill(): void
}

export type UnitRunner = (request: SuiteRequest, slot: number) => RunningUnit

export interface UnitRunnerOptions {
  readonly root: string
  readonly memory: Memory
  readonly env: Readonly<Record<string, string>>
  /** Overrides every suite's own limit. */
  readonly timeoutMs: number | undefined
  readonly hashOf: (suite: SuiteId) => string | undefined
}

interface Finished {
  readonly end: AttemptEnd
  readonly cases: readonly TestCase[]
  readonly startedAt: number
}

/** Runs units on the pool: prepare, one attempt or two (thread, then process), evidence for a pass. */
export function createUnitRunner(
  options: UnitRunnerOptions,
  dispatcher: Dispatcher,
  pool: WorkerPool,
  clock: Clock,
): UnitRunner {
  return (request, slot) =>
    new UnitExecution(options, dispatcher, pool, clock, request.suite, slot).start(request.problem)
}

class UnitExecution {
  private stopReason: string | undefined
  private current: RunningAttempt | undefined
  private readonly options: UnitRunnerOptions
  private readonly dispatcher: Dispatcher
  private readonly pool: WorkerPool
  private readonly clock: Clock
  private readonly suite: Suite
  private readonly slot: number

  constructor(
    options: UnitRunnerOptions,
    dispatcher: Dispatcher,
    pool: WorkerPool,
    clock: Clock,
    suite: Suite,
    slot: number,
  ) {
    this.options = options
    this.dispatcher = dispatcher
    this.pool = pool
    this.clock = clock
    this.suite = suite
    this.slot = slot
  }

  start(problem: string | undefined): RunningUnit {
    return {
      done:
        problem === undefined
          ? this.run()
          : Promise.resolve({ status: 'environment-error', message: problem }),
      stop: (reason) => {
        this.stopReason ??= reason
        this.current?.stop(reason)
      },
      kill: () => this.current?.stop('killed', { graceMs: 0 }),
    }
  }

  private async run(): Promise<Outcome> {
    const { root, env } = this.options
    const context = { root, cacheDir: cacheDir(root), env }
    const [prepared] = await Promise.all([
      runnerFor(this.suite.runner).prepare(this.suite, context),
      removeEvidence(root, this.suite.id),
    ])
    if (!prepared.ok) return this.withoutProgram(prepared.error)
    if (this.stopReason !== undefined) return { status: 'aborted', reason: this.stopReason }
    for (const message of prepared.value.notes ?? []) {
      this.dispatcher.emit({ kind: 'note', level: 'info', suite: this.suite.id, message })
    }
    const finished = await this.attempts(prepared.value)
    const { end, cases, startedAt } = finished
    if (end.outcome.status === 'passed') this.keep({ cases, startedAt, durationMs: end.durationMs })
    return end.outcome
  }

  private withoutProgram(problem: PrepareProblem): Outcome {
    if (problem.type === 'environment') {
      return { status: 'environment-error', message: problem.message, fix: problem.fix }
    }
    if (!this.suite.allowNoTests) return { status: 'no-tests', message: problem.message }
    this.keep({ cases: [], startedAt: this.clock.now(), durationMs: 0 })
    return { status: 'passed' }
  }

  private keep(pass: Pass): void {
    keepPass({ ...this.options, suite: this.suite, dispatcher: this.dispatcher }, pass)
  }

  /**
   * `auto` tries a fresh thread first. A thread is only believed when it says "passed": whatever else it
   * says may be the thread's own doing (no chdir, no signals), so a fresh process decides.
   */
  private async attempts(program: UnitProgram): Promise<Finished> {
    const { id, isolation } = this.suite
    if (program.type === 'command') return this.attempt(1, program, 'process')
    if (isolation !== 'auto') return this.attempt(1, program, isolation)
    const needsProcess = unfitForThreads(program) ?? this.options.memory.of(id).needsProcess
    if (needsProcess !== undefined) return this.attempt(1, program, 'process')
    const inThread = await this.attempt(1, program, 'thread')
    if (!isDoubtful(inThread.end) || this.stopReason !== undefined) return inThread
    const inProcess = await this.attempt(2, program, 'process')
    this.learn(inThread, inProcess)
    return inProcess
  }

  private learn(inThread: Finished, inProcess: Finished): void {
    const { unfit } = inThread.end
    const passed = inProcess.end.outcome.status === 'passed'
    // What hung in a thread waits for its limit twice; once is enough to know.
    const hung = inThread.end.outcome.status === 'timed-out'
    if (unfit === undefined && !passed && !hung) return
    const reason = unfit ?? (passed ? 'failed in a thread, passed in a process' : 'timed out in a thread')
    this.options.memory.remember({ suite: this.suite.id, needsProcess: reason })
    const message =
      unfit === undefined && passed
        ? 'failed in a thread and passed in a process: it is flaky or depends on being a process; it runs in a process from now on'
        : `runs in a process from now on: ${reason}`
    this.dispatcher.emit({
      kind: 'note',
      level: unfit === undefined && passed ? 'warning' : 'info',
      suite: this.suite.id,
      message,
    })
  }

  private async attempt(
    ordinal: number,
    program: UnitProgram,
    isolation: ActualIsolation,
  ): Promise<Finished> {
    const { dispatcher, suite, slot } = this
    const attempt = attemptId(unitId(suite.id), ordinal)
    const startedAt = this.clock.now()
    const cases: TestCase[] = []
    dispatcher.emit({
      kind: 'attempt-started',
      attempt,
      unit: unitId(suite.id),
      suite: suite.id,
      worker: slot,
      isolation,
      reproduce: program.reproduce,
    })
    const handle = this.pool.run(
      {
        slot,
        attempt,
        program,
        isolation,
        allowNoTests: suite.allowNoTests,
        timeoutMs: this.options.timeoutMs ?? suite.timeoutMs,
        slowAfterMs: suite.slowAfterMs,
        env: this.options.env,
        ...(suite.setUp !== undefined && { setUp: suite.setUp }),
        ...(suite.tearDown !== undefined && { tearDown: suite.tearDown }),
      },
      {
        case: (testCase) => {
          cases.push(testCase)
          dispatcher.emit({ kind: 'case-finished', attempt, case: testCase })
        },
        slow: () => dispatcher.emit({ kind: 'attempt-slow', attempt, afterMs: suite.slowAfterMs }),
      },
    )
    this.current = handle
    if (this.stopReason !== undefined) handle.stop(this.stopReason)
    const end = await handle.done
    this.current = undefined
    this.emitEnd(attempt, end, isolation)
    return { end, cases, startedAt }
  }

  private emitEnd(attempt: AttemptId, end: AttemptEnd, isolation: ActualIsolation): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const captured = end[stream]
      if (captured.totalBytes === 0) continue
      const output = storeOutput(this.options.root, this.dispatcher.runId, captured.data, captured.totalBytes)
      this.dispatcher.emit({ kind: 'output-captured', attempt, stream, output })
    }
    const fallsBack =
      this.suite.isolation === 'auto' && isolation === 'thread' && this.stopReason === undefined
        ? (end.unfit ?? (isDoubtful(end) ? 'did not pass in a thread; a process decides' : undefined))
        : undefined
    for (const message of end.notes)
      this.dispatcher.emit({ kind: 'note', level: 'warning', suite: this.suite.id, message })
    this.dispatcher.emit({
      kind: 'attempt-finished',
      attempt,
      outcome: end.outcome,
      durationMs: end.durationMs,
      ...(fallsBack !== undefined && { superseded: fallsBack }),
    })
  }
}

/** What a thread says of a unit, but for a pass and for trouble with its set-up, may be the thread's own doing. */
const isDoubtful = ({ unfit, outcome }: AttemptEnd): boolean =>
  unfit !== undefined || (outcome.status !== 'passed' && outcome.status !== 'environment-error')
