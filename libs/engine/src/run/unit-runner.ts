import { DOUBTED_IN_THREAD, type ActualIsolation, type Outcome, type Suite } from '@muster/model'
import { runnerFor, type InProcessProgram, type PrepareProblem, type UnitProgram } from '@muster/runners'
import { unfitForThreads, type AttemptEnd, type WorkerPool } from '@muster/workers'
import type { Memory } from '../evidence/suite-memory.ts'
import type { Clock } from '../journal/clock.ts'
import type { Dispatcher } from '../journal/dispatcher.ts'
import { cacheDir } from '../journal/run-store.ts'
import { AttachmentKeeper } from './attachment-keeper.ts'
import { beginAttempt, type AttemptContext, type BegunAttempt } from './begin-attempt.ts'
import type { QuarantineBook } from './quarantine-book.ts'
import { unitCoverage } from './unit-coverage.ts'
import type { UnitExecution } from './unit-execution.ts'

export interface RunningUnit {
  readonly done: Promise<Outcome>
  /** Ends it with grace; tear-down still runs. */
  stop(reason: string): void
  /** Ends it now. */
  kill(): void
}

/**
 * Executes a unit once more; its attempts are added to the execution's.
 * @param hasMore asked meanwhile: whether another unit will come after it; taken to be so unless given
 */
export type UnitRunner = (execution: UnitExecution, slot: number, hasMore?: () => boolean) => RunningUnit

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
  return (execution, slot, hasMore = () => true) => {
    const coverage =
      options.skipCoverage === true ? undefined : unitCoverage(options.root, dispatcher.runId, execution)
    const attempts = { ...options, attachments, dispatcher, pool, clock, execution, slot, hasMore, coverage }
    return new UnitRun(attempts, options.memory).start()
  }
}

class UnitRun {
  private stopReason: string | undefined
  private current: Pick<BegunAttempt, 'stop'> | undefined
  private readonly context: AttemptContext
  private readonly memory: Memory
  private readonly suite: Suite

  constructor(context: AttemptContext, memory: Memory) {
    this.context = context
    this.memory = memory
    this.suite = context.execution.suite
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
    const { root, env, execution, coverage, quarantine } = this.context
    const { unit, steps } = execution
    const context = { root, cacheDir: cacheDir(root), env, ...(coverage && { coverageDir: coverage.dir }) }
    const [prepared] = await Promise.all([
      runnerFor(this.suite.runner).prepare(this.suite, context, unit.part),
      quarantine.loaded,
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
    if (isolation === 'none' && this.context.coverage) return (await this.attempt(program, 'process')).outcome
    if (isolation !== 'auto') return (await this.attempt(program, isolation)).outcome
    const needsProcess = unfitForThreads(program) ?? this.memory.of(id).needsProcess
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
    if (scoutInput === undefined || this.context.quarantine.concerns(this.suite.id)) return program
    return { ...program, input: scoutInput }
  }

  private learn({ unfit, outcome }: AttemptEnd, inProcess: AttemptEnd): void {
    const passed = inProcess.outcome.status === 'passed'
    // What hung in a thread waits for its limit twice; once is enough to know.
    const hung = outcome.status === 'timed-out'
    if (unfit === undefined && !passed && !hung) return
    const reason = unfit ?? (passed ? 'failed in a thread, passed in a process' : 'timed out in a thread')
    this.memory.remember({ suite: this.suite.id, needsProcess: reason })
    if (unfit === undefined && passed) {
      this.note(
        'warning',
        'failed in a thread and passed in a process: it is flaky or depends on being a process; it runs in a process from now on',
      )
    } else this.note('info', `runs in a process from now on: ${reason}`)
  }

  private async attempt(program: UnitProgram, isolation: ActualIsolation): Promise<AttemptEnd> {
    const attempt = beginAttempt(this.context, program, isolation, (end) =>
      isolation === 'thread' ? this.superseded(end) : undefined,
    )
    this.current = attempt
    if (this.stopReason !== undefined) attempt.stop(this.stopReason)
    const end = await attempt.done
    this.current = undefined
    return end
  }

  /** Why a process decides after this end of an attempt in a thread. */
  private superseded(end: AttemptEnd): string | undefined {
    if (this.suite.isolation !== 'auto' || this.stopReason !== undefined) return undefined
    return end.unfit ?? (isDoubtful(end) ? DOUBTED_IN_THREAD : undefined)
  }

  private note(level: 'info' | 'warning', message: string): void {
    this.context.dispatcher.emit({ kind: 'note', level, suite: this.suite.id, message })
  }
}

/** What a thread says of a unit, but for a pass and for trouble with its set-up, may be the thread's own doing. */
const isDoubtful = ({ unfit, outcome }: AttemptEnd): boolean =>
  unfit !== undefined || (outcome.status !== 'passed' && outcome.status !== 'environment-error')
