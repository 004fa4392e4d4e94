import type { Suite } from '@muster/model'
import type { RunningStep, StepOrder, WorkerPool } from '@muster/workers'
import path from 'node:path'
import type { Clock } from '../journal/clock.ts'
import type { Dispatcher } from '../journal/dispatcher.ts'

const TEAR_DOWN_LIMIT_MS = 30_000

/**
 * Set-up and tear-down of a suite that runs in several units: once each, whatever the number of units. What the
 * set-up leaves running lives until the tear-down has ended.
 */
export class SharedSteps {
  private readonly suite: Suite
  private readonly options: { readonly root: string; readonly env: StepOrder['env'] }
  private readonly pool: WorkerPool
  private readonly dispatcher: Dispatcher
  private readonly clock: Clock
  private begun = false
  private started: { readonly step: RunningStep; readonly problem: Promise<string | undefined> } | undefined

  constructor(
    suite: Suite,
    options: { readonly root: string; readonly env: StepOrder['env'] },
    pool: WorkerPool,
    dispatcher: Dispatcher,
    clock: Clock,
  ) {
    this.suite = suite
    this.options = options
    this.pool = pool
    this.dispatcher = dispatcher
    this.clock = clock
  }

  /** Called by each unit before its tests, whether there is a set-up or not. The problem, if it has one; all wait for the same. */
  async setUp(): Promise<string | undefined> {
    this.begun = true
    const { setUp, timeoutMs } = this.suite
    if (setUp === undefined) return undefined
    if (!this.started) {
      const step = this.pool.runStep(this.order('set-up', setUp, timeoutMs))
      this.started = { step, problem: this.finish('set-up', step) }
    }
    const problem = await this.started.problem
    return problem === undefined ? undefined : `T${problem.slice(1)}.`
  }

  /** After the last unit; runs whatever they came to, unless none of them got as far as the set-up's place. */
  async tearDown(): Promise<string | undefined> {
    const { tearDown } = this.suite
    const problem =
      tearDown === undefined || !this.begun
        ? undefined
        : await this.finish(
            'tear-down',
            this.pool.runStep(this.order('tear-down', tearDown, TEAR_DOWN_LIMIT_MS)),
          )
    const left = await this.started?.step.release()
    if (left !== undefined) this.warn(left)
    return problem
  }

  stop(reason: string): void {
    this.started?.step.stop(reason)
  }

  private async finish(name: StepOrder['name'], step: RunningStep): Promise<string | undefined> {
    const startedAt = this.clock.now()
    const { problem, note } = await step.done
    if (note !== undefined) this.warn(note)
    this.dispatcher.emit({
      kind: 'suite-step-finished',
      suite: this.suite.id,
      step: name,
      durationMs: this.clock.now() - startedAt,
      ...(problem !== undefined && { problem }),
    })
    return problem
  }

  private order(name: StepOrder['name'], command: string, timeoutMs: number): StepOrder {
    const { root, env } = this.options
    return { name, attempt: this.suite.id, command, cwd: path.join(root, this.suite.dir), env, timeoutMs }
  }

  private warn(message: string): void {
    this.dispatcher.emit({ kind: 'note', level: 'warning', suite: this.suite.id, message })
  }
}
