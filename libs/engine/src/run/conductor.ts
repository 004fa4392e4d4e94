import {
  suiteId,
  unitId,
  type Outcome,
  type PlannedSuite,
  type Suite,
  type SuiteId,
  type UnitId,
} from '@muster/model'
import {
  createScheduler,
  isIdle,
  step,
  type SchedulerCommand,
  type SchedulerInput,
  type SchedulerState,
} from '@muster/scheduler'
import type { Dispatcher } from '../journal/dispatcher.ts'
import { estimateMs, type Memory } from '../evidence/suite-memory.ts'
import { answerFromEarlierRun, mayHaveEarlierAnswer } from './earlier-answer.ts'
import type { SuiteRequest } from './suite-request.ts'
import type { RunningUnit, UnitRunner } from './unit-runner.ts'

export interface ConductorOptions {
  readonly root: string
  readonly memory: Memory
  /** Units that run at a time; exactly. */
  readonly workers: number
  readonly failFast: boolean
  /** False when the user asked to skip caches: then earlier runs give no answers either. */
  readonly useEarlierAnswers: boolean
}

/**
 * Runs what is submitted: asks the scheduler what is next, starts it, and says what happened. Submissions
 * may come in slices; a suite is answered exactly once, by `suite-skipped`, `suite-cached` or `unit-finished`.
 */
export class Conductor {
  private state: SchedulerState
  private readonly requests = new Map<SuiteId, SuiteRequest>()
  private readonly running = new Map<UnitId, RunningUnit>()
  private readonly hashes = new Map<SuiteId, string>()
  private readonly hashWaiters = new Set<() => void>()
  private stopped: string | undefined
  /** The end of the last submission. */
  private turn: Promise<void> = Promise.resolve()
  private readonly options: ConductorOptions
  private readonly dispatcher: Dispatcher
  private readonly startUnit: UnitRunner

  constructor(options: ConductorOptions, dispatcher: Dispatcher, startUnit: UnitRunner) {
    this.options = options
    this.dispatcher = dispatcher
    this.startUnit = startUnit
    this.state = createScheduler(options.workers, options.failFast)
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
    const planned: PlannedSuite[] = fresh.map(({ suite, task, dependsOn }) => ({
      suite: suite.id,
      kind: suite.kind,
      dependsOn,
      task,
    }))
    this.dispatcher.emit({ kind: 'plan-ready', suites: planned })
    const answered = await this.answerFromEarlierRuns(fresh)
    const open = fresh.filter((each) => !answered.has(each.suite.id))
    for (const { suite } of open) {
      this.dispatcher.emit({ kind: 'unit-queued', unit: unitId(suite.id), suite: suite.id })
    }
    this.feed({
      type: 'add',
      units: open.map(({ suite, dependsOn }) => ({
        id: unitId(suite.id),
        dependsOn: dependsOn.map((each) => unitId(each)),
        priority: suite.priority,
        estimateMs: estimateMs(this.options.memory.of(suite.id)),
      })),
    })
  }

  setHashes(hashes: Readonly<Record<string, string>>): void {
    for (const [name, hash] of Object.entries(hashes)) {
      const suite = suiteId(name)
      if (this.hashes.get(suite) === hash) continue
      this.hashes.set(suite, hash)
      this.dispatcher.emit({ kind: 'suite-hashed', suite, hash })
    }
    this.wakeHashWaiters()
  }

  private wakeHashWaiters(): void {
    for (const wake of this.hashWaiters) wake()
    this.hashWaiters.clear()
  }

  hashOf(suite: SuiteId): string | undefined {
    return this.hashes.get(suite)
  }

  /** Nothing more is started, what runs is killed, everything open is answered. Safe to call again. */
  stop(reason: string): void {
    if (this.stopped === undefined) {
      this.stopped = reason
      this.dispatcher.emit({ kind: 'run-halted', reason })
      this.wakeHashWaiters()
    }
    this.feed({ type: 'halt', reason })
  }

  /** The second Ctrl-C: no grace for what runs. */
  kill(): void {
    for (const unit of this.running.values()) unit.kill()
  }

  get isStopped(): boolean {
    return this.stopped !== undefined
  }

  get idle(): boolean {
    return isIdle(this.state) && this.running.size === 0
  }

  private async answerFromEarlierRuns(fresh: readonly SuiteRequest[]): Promise<ReadonlySet<SuiteId>> {
    const answered = new Set<SuiteId>()
    if (!this.options.useEarlierAnswers) return answered
    const { root } = this.options
    const candidates: Suite[] = []
    for (const { suite, problem } of fresh) {
      if (problem === undefined && (await mayHaveEarlierAnswer(root, suite.id))) candidates.push(suite)
    }
    if (candidates.length === 0) return answered
    await this.hashesOf(candidates)
    for (const suite of candidates) {
      const hash = this.hashes.get(suite.id)
      const event =
        hash === undefined ? undefined : await answerFromEarlierRun(root, this.dispatcher.runId, suite, hash)
      if (!event) continue
      this.dispatcher.emit(event)
      answered.add(suite.id)
    }
    return answered
  }

  /** Waits for hashes, for at most ten seconds: without one a suite simply runs. */
  private async hashesOf(suites: readonly Suite[]): Promise<void> {
    const deadline = Date.now() + 10_000
    while (
      suites.some((each) => !this.hashes.has(each.id)) &&
      Date.now() < deadline &&
      this.stopped === undefined
    ) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - Date.now())
        this.hashWaiters.add(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  private feed(input: SchedulerInput): void {
    const { state, commands } = step(this.state, input)
    this.state = state
    for (const command of commands) this.obey(command)
  }

  private obey(command: SchedulerCommand): void {
    const suite = command.unit as string as SuiteId
    switch (command.type) {
      case 'start':
        void this.run(suite, command.unit, command.slot)
        break
      case 'skip':
        this.dispatcher.emit({ kind: 'suite-skipped', suite, reason: command.reason })
        break
      case 'stop':
        this.running.get(command.unit)?.stop(command.reason)
        break
    }
  }

  private async run(suite: SuiteId, unit: UnitId, slot: number): Promise<void> {
    const request = this.requests.get(suite)!
    let outcome: Outcome
    try {
      const running = this.startUnit(request, slot)
      this.running.set(unit, running)
      if (this.stopped !== undefined) running.stop(this.stopped)
      outcome = await running.done
    } catch (error) {
      // A bug of ours costs this unit its verdict, not the run its end.
      outcome = {
        status: 'environment-error',
        message: `Muster failed while running it: ${(error as Error).stack ?? String(error)}`,
      }
    }
    this.running.delete(unit)
    this.dispatcher.emit({ kind: 'unit-finished', unit, suite, outcome })
    this.dispatcher.sync()
    this.feed({ type: 'finished', unit, good: outcome.status === 'passed' })
  }
}
