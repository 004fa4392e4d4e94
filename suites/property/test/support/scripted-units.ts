import { attemptId, unitId, type Outcome, type SuiteId, type TestCase } from '@muster/model'
import type { Dispatcher, RunningUnit, SuiteRequest } from '@muster/engine/run'
import type { SuiteStory } from './story.ts'

interface Open {
  finish(outcome: Outcome): void
}

/** Units that tell what their story says, and end when the driver says so. */
export class ScriptedUnits {
  readonly running = new Map<SuiteId, Open>()
  /** The most that ever ran at a time. */
  peak = 0
  readonly #dispatcher: Dispatcher
  readonly #stories: ReadonlyMap<string, SuiteStory>

  constructor(dispatcher: Dispatcher, stories: ReadonlyMap<string, SuiteStory>) {
    this.#dispatcher = dispatcher
    this.#stories = stories
  }

  readonly start = ({ suite: { id } }: SuiteRequest, slot: number): RunningUnit => {
    const { before = null } = this.#stories.get(id) ?? {}
    if (before) {
      this.#begin(id, 1, slot, before)
      this.#end(id, 1, { status: 'failed', failures: 1 }, 'a process decides')
    }
    this.#begin(id, before ? 2 : 1, slot, [])
    const done = new Promise<Outcome>((resolve) => {
      this.running.set(id, {
        finish: (outcome) => {
          this.running.delete(id)
          this.#end(id, before ? 2 : 1, outcome)
          resolve(outcome)
        },
      })
    })
    this.peak = Math.max(this.peak, this.running.size)
    // As with real processes, the end comes after the order to end.
    const stop = (reason: string): void =>
      queueMicrotask(() => this.running.get(id)?.finish({ status: 'aborted', reason }))
    return { done, stop, kill: () => stop('killed') }
  }

  finish(id: SuiteId): void {
    const { cases = [], before, outcome } = this.#stories.get(id) ?? {}
    for (const each of cases) this.#case(id, before ? 2 : 1, each)
    this.running.get(id)?.finish(outcome ?? { status: 'passed' })
  }

  #begin(suite: SuiteId, ordinal: number, worker: number, cases: readonly TestCase[]): void {
    const unit = unitId(suite)
    const attempt = attemptId(unit, ordinal)
    this.#dispatcher.emit({
      kind: 'attempt-started',
      attempt,
      unit,
      suite,
      worker,
      isolation: 'thread',
      reproduce: '',
    })
    for (const each of cases) this.#case(suite, ordinal, each)
  }

  #case(suite: SuiteId, ordinal: number, testCase: TestCase): void {
    this.#dispatcher.emit({
      kind: 'case-finished',
      attempt: attemptId(unitId(suite), ordinal),
      case: testCase,
    })
  }

  #end(suite: SuiteId, ordinal: number, outcome: Outcome, superseded?: string): void {
    const attempt = attemptId(unitId(suite), ordinal)
    const told = superseded === undefined ? {} : { superseded }
    this.#dispatcher.emit({ kind: 'attempt-finished', attempt, outcome, durationMs: 3, ...told })
  }
}
