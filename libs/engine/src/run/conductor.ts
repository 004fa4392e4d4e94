import {
  type Capacity,
  type Objective,
  type Outcome,
  type PlannedSuite,
  type SuiteId,
  type UnitId,
} from '@muster/model'
import { rehearse, Scheduler, type SchedulerCommand, type SchedulerOptions } from '@muster/scheduler'
import type { WorkerPool } from '@muster/workers'
import type { Memory } from '../evidence/suite-memory.ts'
import type { Clock } from '../journal/clock.ts'
import type { Dispatcher } from '../journal/dispatcher.ts'
import { cacheDir } from '../journal/run-store.ts'
import type { MachineSemaphores } from '../machine/machine-semaphores.ts'
import { answerFromEarlierRuns } from './earlier-answer.ts'
import { HashBoard } from './hash-board.ts'
import { Phases } from './phases.ts'
import { planUnits, scheduledUnits, type PlannedUnits, type WantedSuite } from './plan-units.ts'
import { RetryTimers } from './retry-timers.ts'
import { Scoring } from './scoring.ts'
import { SemaphoreGate } from './semaphore-gate.ts'
import { SharedSteps } from './shared-steps.ts'
import type { ChangeImpact, SuiteRequest } from './suite-request.ts'
import { SuiteRun } from './suite-run.ts'
import type { RunningUnit, UnitRunner } from './unit-runner.ts'
import { BusyMeter } from './busy-meter.ts'
import { selectFailed } from './select-failed.ts'
import { nextAttempt } from './next-attempt.ts'

export interface ConductorOptions {
  readonly root: string
  readonly memory: Memory
  readonly env: Readonly<Record<string, string>>
  readonly capacity: Capacity
  /** Class of this machine. */
  readonly machine: string
  /** Of this machine, however many workers there are. */
  readonly cores: number
  readonly objective: Objective
  readonly failFast: boolean
  /** Overrides every suite's own number of retries. */
  readonly retries?: number
  readonly budgetMs?: number
  /** False when the user asked to skip caches: then earlier runs give no answers either. */
  readonly useEarlierAnswers: boolean
}

export interface ConductorParts {
  readonly dispatcher: Dispatcher
  readonly clock: Clock
  readonly pool: WorkerPool
  readonly startUnit: UnitRunner
  /** Asked for when the first unit needs one. */
  readonly semaphores: () => Promise<MachineSemaphores>
}

/**
 * Runs what is submitted: asks the scheduler what is next, starts it, and says what happened. Submissions
 * may come in slices; a suite is answered exactly once, by `suite-skipped`, `suite-cached` or the `unit-finished` of
 * all its units.
 */
export class Conductor {
  private readonly schedulerOptions: SchedulerOptions
  private readonly scheduler: Scheduler
  private readonly requests = new Map<SuiteId, SuiteRequest>()
  private readonly suites = new Map<SuiteId, SuiteRun>()
  private readonly phases = new Phases()
  private readonly suiteOf = new Map<UnitId, SuiteId>()
  private readonly running = new Map<UnitId, RunningUnit>()
  /** Of units that are on their way to a worker, or there. */
  private readonly stopReasons = new Map<UnitId, string>()
  private readonly hashes = new HashBoard()
  private readonly busy = new BusyMeter()
  private readonly retries = new RetryTimers()
  private readonly scoring: Scoring
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
    this.scoring = new Scoring(options.memory, capacity)
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
    const submitted = this.turn.then(() => this.take(all))
    this.turn = submitted.catch(() => undefined)
    return submitted
  }

  private async take(all: readonly SuiteRequest[]): Promise<void> {
    const fresh = all.filter((each) => !this.requests.has(each.suite.id))
    if (fresh.length === 0) return
    for (const request of fresh) this.requests.set(request.suite.id, request)
    for (const { suite, dependsOn } of fresh) this.phases.add(suite.id, dependsOn)
    const { root } = this.options
    const { dispatcher } = this.parts
    const wanted = await selectFailed(root, dispatcher.runId, fresh)
    const planned = await this.plan(wanted)
    this.scoring.add(planned)
    dispatcher.emit({ kind: 'plan-ready', suites: planned.map((each) => this.plannedSuite(each)) })
    const answered = new Set<SuiteId>()
    for (const { suite, answer } of wanted) {
      if (!answer) continue
      dispatcher.emit(answer)
      answered.add(suite.id)
    }
    if (this.options.useEarlierAnswers) {
      const sound = fresh.filter((each) => each.problem === undefined && !answered.has(each.suite.id))
      const isStopped = (): boolean => this.stopped !== undefined
      const suites = sound.filter((each) => each.failedOnly !== true).map(({ suite }) => suite)
      for (const event of await answerFromEarlierRuns(
        root,
        dispatcher.runId,
        suites,
        this.hashes,
        isStopped,
      )) {
        dispatcher.emit(event)
        answered.add(event.suite)
      }
    }
    this.enqueue(planned.filter(({ suite }) => !answered.has(suite.id)))
  }

  private plan(wanted: readonly WantedSuite[]): Promise<PlannedUnits[]> {
    const { root, memory, machine, cores, capacity, env } = this.options
    const runner = { root, cacheDir: cacheDir(root), env }
    return planUnits(wanted, { runner, memory, machine, cores, workers: capacity.workers })
  }

  private plannedSuite({ suite, estimateMs }: PlannedUnits): PlannedSuite {
    const { dependsOn, task } = this.requests.get(suite.id)!
    const phase = this.phases.of(suite.id)
    const score = this.scoring.scoreOf(suite.id)
    return {
      suite: suite.id,
      kind: suite.kind,
      dependsOn,
      task,
      priority: suite.priority,
      phase,
      estimateMs,
      score,
    }
  }

  private enqueue(planned: readonly PlannedUnits[]): void {
    const { dispatcher } = this.parts
    for (const each of planned) {
      this.suites.set(each.suite.id, this.suiteRun(each))
      for (const { id, suite, estimateMs, shard, part } of each.units) {
        this.suiteOf.set(id, suite)
        const files = shard && part.files
        dispatcher.emit({
          kind: 'unit-queued',
          unit: id,
          suite,
          estimateMs,
          ...(shard && { shard }),
          ...(files && { files }),
        })
      }
    }
    const units = scheduledUnits(planned, (suite) => ({
      dependsOn: this.requests.get(suite)!.dependsOn,
      phase: this.phases.of(suite),
      score: this.scoring.scoreOf(suite).total,
    }))
    this.obey(this.scheduler.add(rehearse(units, this.schedulerOptions), this.now()))
  }

  private suiteRun({ suite, units, carried }: PlannedUnits): SuiteRun {
    const { root, memory, machine, cores, env } = this.options
    const { dispatcher, pool, clock } = this.parts
    const steps =
      units.length > 1 ? new SharedSteps(suite, { root, env }, pool, dispatcher, clock) : undefined
    const executions = units.map((unit) => ({ suite, unit, carried, attempts: [], ...(steps && { steps }) }))
    const hashOf = (id: SuiteId): string | undefined => this.hashes.of(id)
    const context = { root, memory, dispatcher, machine, cores, hashOf }
    return new SuiteRun(suite, executions, context, steps)
  }

  setHashes(hashes: Readonly<Record<string, string>>): void {
    for (const { suite, hash } of this.hashes.set(hashes)) {
      this.parts.dispatcher.emit({ kind: 'suite-hashed', suite, hash })
    }
  }

  /** What changed since a suite's last run is known only after its files were hashed. */
  setImpacts(impacts: Readonly<Record<string, ChangeImpact>>): void {
    this.rescore(this.scoring.noteImpacts(impacts))
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
    for (const command of commands) {
      switch (command.type) {
        case 'start':
          void this.run(command.unit, command.slot)
          break
        case 'skip':
          this.skip(command.unit, command.suite, command.reason)
          break
        case 'stop':
          this.sayHalted(command.reason)
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
  private skip(unit: UnitId, id: SuiteId, reason: string): void {
    const suite = this.suites.get(id)!
    this.retries.cancel(unit)
    const last = suite.executions.get(unit)?.attempts.at(-1)
    if (suite.isUntouched && suite.executions.size === 1) {
      this.parts.dispatcher.emit({ kind: 'suite-skipped', suite: id, reason })
      return
    }
    void this.settle(suite, unit, last?.end.outcome ?? { status: 'skipped', reason })
  }

  private async run(unit: UnitId, slot: number): Promise<void> {
    const suite = this.suites.get(this.suiteOf.get(unit)!)!
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
    this.learn(suite, unit, settled)
    this.obey(this.scheduler.finished(unit, settled.status === 'passed' ? 'good' : 'bad', this.now()))
  }

  private async execute(suite: SuiteRun, unit: UnitId, slot: number): Promise<Outcome> {
    const { id, requires } = suite.suite
    const problem = this.requests.get(id)?.problem
    const missing = requires.labels.filter((label) => !this.options.capacity.labels.includes(label))
    try {
      await suite.begin()
      if (problem !== undefined) return { status: 'environment-error', message: problem }
      if (missing.length > 0) return { status: 'no-device', missing }
      const reason = this.stopped ?? this.stopReasons.get(unit)
      if (reason !== undefined) return { status: 'aborted', reason }
      const running = this.parts.startUnit(suite.executions.get(unit)!, slot)
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

  /** What a unit's end says about those that wait. */
  private learn(suite: SuiteRun, unit: UnitId, outcome: Outcome): void {
    const execution = suite.executions.get(unit)!
    const last = execution.attempts.at(-1)
    if (outcome.status === 'passed' && last) {
      const pace = this.scoring.notePace(execution.unit.estimateMs, last.end.durationMs)
      if (pace !== undefined) this.obey(this.scheduler.reestimate(this.waitingEstimates(pace), this.now()))
    }
    const failed = outcome.status === 'failed'
    if (failed || suite.openUnits.length === 0) this.rescore(this.scoring.noteVerdict(suite.suite.id, failed))
  }

  private waitingEstimates(pace: number): Map<UnitId, number> {
    const waiting = [...this.suites.values()].flatMap((suite) =>
      suite.openUnits.map((unit) => ({ suite, unit })),
    )
    return new Map(
      waiting.map(({ suite, unit }) => [unit, suite.executions.get(unit)!.unit.estimateMs * pace] as const),
    )
  }

  private rescore(changed: readonly SuiteId[]): void {
    const scores = new Map<UnitId, number>()
    for (const id of changed) {
      const suite = this.suites.get(id)
      if (!suite || suite.openUnits.length === 0) continue
      const score = this.scoring.scoreOf(id)
      this.parts.dispatcher.emit({ kind: 'suite-rescored', suite: id, score })
      for (const unit of suite.openUnits) scores.set(unit, score.total)
    }
    if (scores.size > 0) this.obey(this.scheduler.rescore(scores, this.now()))
  }
}
