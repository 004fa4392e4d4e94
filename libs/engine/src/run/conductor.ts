import type { Outcome, SuiteId, UnitId } from '@muster/model'
import {
  rehearse,
  Scheduler,
  type ScheduledUnit,
  type SchedulerCommand,
  type SchedulerOptions,
} from '@muster/scheduler'
import { Adaptation } from './adaptation.ts'
import { BusyMeter } from './busy-meter.ts'
import type { ConductorOptions, ConductorParts } from './conductor-options.ts'
import { HashBoard } from './hash-board.ts'
import { Intake } from './intake.ts'
import { nextAttempt } from './next-attempt.ts'
import { RetryTimers } from './retry-timers.ts'
import { Scoring } from './scoring.ts'
import { SemaphoreGate } from './semaphore-gate.ts'
import { SuiteBook } from './suite-book.ts'
import type { ChangeImpact, SuiteRequest } from './suite-request.ts'
import type { SuiteRun } from './suite-run.ts'
import type { RunningUnit } from './unit-runner.ts'

/**
 * Runs what is submitted: asks the scheduler what is next, starts it, and says what happened. Submissions
 * may come in slices; a suite is answered exactly once, by `suite-skipped`, `suite-cached` or the `unit-finished` of
 * all its units.
 */
export class Conductor {
  private readonly schedulerOptions: SchedulerOptions
  private readonly scheduler: Scheduler
  private readonly book = new SuiteBook()
  private readonly running = new Map<UnitId, RunningUnit>()
  /** Of units that are on their way to a worker, or there. */
  private readonly stopReasons = new Map<UnitId, string>()
  private readonly hashes = new HashBoard()
  private readonly busy = new BusyMeter()
  private readonly retries = new RetryTimers()
  private readonly intake: Intake
  private readonly adaptation: Adaptation
  private readonly gate: SemaphoreGate
  private readonly startedAt: number
  private stopped: string | undefined
  private halted = false
  private deadline: NodeJS.Timeout | undefined
  /** The end of the last submission. */
  private turn: Promise<void> = Promise.resolve()
  private readonly options: ConductorOptions
  private readonly parts: ConductorParts

  constructor(options: ConductorOptions, parts: ConductorParts) {
    this.options = options
    this.parts = parts
    const { capacity, objective, failFast, budgetMs } = options
    this.startedAt = parts.clock.now()
    this.schedulerOptions = { capacity, objective, failFast, ...(budgetMs !== undefined && { budgetMs }) }
    this.scheduler = new Scheduler(this.schedulerOptions)
    const scoring = new Scoring(options.memory, capacity)
    this.intake = new Intake(options, parts, { book: this.book, scoring, hashes: this.hashes })
    this.adaptation = new Adaptation(this.book, scoring, parts.dispatcher, {
      rescored: (scores) => this.obey(this.scheduler.rescore(scores, this.now())),
      reestimated: (estimates) => this.obey(this.scheduler.reestimate(estimates, this.now())),
    })
    this.gate = new SemaphoreGate(parts.semaphores, {
      free: (names) => this.obey(this.scheduler.released(names, this.now())),
      trouble: (message) => parts.dispatcher.emit({ kind: 'note', level: 'warning', message }),
    })
    if (budgetMs !== undefined) {
      this.deadline = setTimeout(() => this.obey(this.scheduler.tick(this.now())), budgetMs)
      this.deadline.unref()
    }
  }

  /**
   * Suites that are known already (an earlier slice had them) are left alone. Submissions are taken one after
   * the other: while one waits for hashes, the scheduler doesn't know yet what a later one depends on.
   */
  submit(all: readonly SuiteRequest[]): Promise<void> {
    const isStopped = (): boolean => this.stopped !== undefined
    const submitted = this.turn.then(async () => this.enqueue(await this.intake.take(all, isStopped)))
    this.turn = submitted.catch(() => undefined)
    return submitted
  }

  private enqueue(units: readonly ScheduledUnit[]): void {
    if (units.length === 0) return
    // A rehearsal takes the machine to be empty; what comes later is put in as it is.
    const ready = this.scheduler.isIdle ? rehearse(units, this.schedulerOptions) : units
    this.obey(this.scheduler.add(ready, this.now()))
  }

  setHashes(hashes: Readonly<Record<string, string>>): void {
    for (const { suite, hash } of this.hashes.set(hashes)) {
      this.parts.dispatcher.emit({ kind: 'suite-hashed', suite, hash })
    }
  }

  setImpacts(impacts: Readonly<Record<string, ChangeImpact>>): void {
    this.adaptation.changed(impacts)
  }

  hashOf(suite: SuiteId): string | undefined {
    return this.hashes.of(suite)
  }

  /** Nothing more is started, what runs is killed, everything open is answered. Safe to call again. */
  stop(reason: string): void {
    if (this.stopped === undefined) {
      this.stopped = reason
      this.sayHalted(reason)
      this.hashes.wake()
    }
    this.obey(this.scheduler.halt(reason, this.now()))
  }

  /** The second Ctrl-C: no grace for what runs. */
  kill(): void {
    for (const unit of this.running.values()) unit.kill()
  }

  get isStopped(): boolean {
    return this.stopped !== undefined
  }

  get idle(): boolean {
    return this.scheduler.isIdle && this.running.size === 0
  }

  close(): void {
    clearTimeout(this.deadline)
    this.retries.clear()
    this.gate.close()
  }

  private now(): number {
    return this.parts.clock.now() - this.startedAt
  }

  private obey(commands: readonly SchedulerCommand[]): void {
    // A halt after the last suite cuts nothing short.
    const { haltReason } = this.scheduler
    if (haltReason !== undefined && commands.length > 0) this.sayHalted(haltReason)
    for (const command of commands) {
      switch (command.type) {
        case 'start':
          void this.run(command.unit, command.slot)
          break
        case 'skip':
          this.skip(command.unit, command.reason)
          break
        case 'stop':
          this.stopReasons.set(command.unit, command.reason)
          this.running.get(command.unit)?.stop(command.reason)
          break
      }
    }
  }

  /** Once; what is skipped says its own reason. */
  private sayHalted(reason: string): void {
    if (this.halted) return
    this.halted = true
    this.parts.dispatcher.emit({ kind: 'run-halted', reason })
  }

  /** Of a suite that has begun, the unit is answered by itself; and one that waits for a retry by what it came to. */
  private skip(unit: UnitId, reason: string): void {
    const suite = this.book.runOf(unit)
    this.retries.cancel(unit)
    const last = suite.executions.get(unit)?.attempts.at(-1)
    if (suite.isUntouched && suite.executions.size === 1) {
      this.parts.dispatcher.emit({ kind: 'suite-skipped', suite: suite.suite.id, reason })
      return
    }
    void this.settle(suite, unit, last?.end.outcome ?? { status: 'skipped', reason })
  }

  private async run(unit: UnitId, slot: number): Promise<void> {
    const suite = this.book.runOf(unit)
    const refused = await this.gate.enter(unit, suite.suite)
    if (refused.length > 0) return this.obey(this.scheduler.refused(unit, refused, this.now()))
    const ended = this.busy.begin(this.now())
    const outcome = await this.execute(suite, unit, slot)
    suite.noteBusy(ended(this.now()))
    await this.gate.leave(unit)
    this.running.delete(unit)
    const next =
      this.stopped === undefined ? nextAttempt(suite, unit, outcome, this.options.retries) : undefined
    if (next?.type === 'retry') {
      this.parts.dispatcher.emit({ kind: 'retry-scheduled', unit, suite: suite.suite.id, ...next.event })
      this.retries.after(next.event.delayMs, unit, () => this.obey(this.scheduler.wake(unit, this.now())))
      return this.obey(this.scheduler.finished(unit, 'retry', this.now()))
    }
    const settled = await this.settle(suite, unit, next?.outcome ?? outcome)
    this.adaptation.ended(suite, unit, settled)
    this.obey(this.scheduler.finished(unit, settled.status === 'passed' ? 'good' : 'bad', this.now()))
  }

  private async execute(suite: SuiteRun, unit: UnitId, slot: number): Promise<Outcome> {
    const { id, requires } = suite.suite
    const { problem } = this.book.request(id)
    const missing = requires.labels.filter((label) => !this.options.capacity.labels.includes(label))
    try {
      suite.begin()
      if (problem !== undefined) return { status: 'environment-error', message: problem }
      if (missing.length > 0) return { status: 'no-device', missing }
      const reason = this.stopped ?? this.stopReasons.get(unit)
      if (reason !== undefined) return { status: 'aborted', reason }
      const running = this.parts.startUnit(suite.executions.get(unit)!, slot, () => this.scheduler.hasMore)
      this.running.set(unit, running)
      return await running.done
    } catch (error) {
      // A bug of ours costs this unit its verdict, not the run its end.
      const message = `Muster failed while running it: ${(error as Error).stack ?? String(error)}`
      return { status: 'environment-error', message }
    }
  }

  private async settle(suite: SuiteRun, unit: UnitId, outcome: Outcome): Promise<Outcome> {
    const settled = await suite.settle(unit, outcome)
    const { dispatcher } = this.parts
    dispatcher.emit({ kind: 'unit-finished', unit, suite: suite.suite.id, outcome: settled })
    dispatcher.sync()
    return settled
  }
}
