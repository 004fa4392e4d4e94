import {
  attemptId,
  DOUBTED_IN_THREAD,
  type ActualIsolation,
  type Outcome,
  type SuiteId,
  type TestCase,
  type UnitId,
} from '@muster/model'
import type { Dispatcher, RunningUnit, UnitRunner } from '@muster/engine/run'
import type { MachineWatch } from './machine-watch.ts'
import type { Ending, SuiteStory } from './story.ts'

type Execution = Parameters<UnitRunner>[0]

/** One execution of a unit, as it really went; what a thread said before a process decided isn't in it. */
export interface Done extends Ending {
  readonly unit: UnitId
  readonly suite: SuiteId
  /** What an attempt in a thread said that wasn't believed. */
  readonly before: readonly TestCase[] | null
}

const PASS: Ending = { outcome: { status: 'passed' }, cases: [] }
const NOTHING = { data: Buffer.alloc(0), totalBytes: 0 }

/** Units that tell what their story says, and end when the driver says so. */
export class ScriptedUnits {
  readonly running = new Map<UnitId, (stopped?: string) => void>()
  readonly done: Done[] = []
  readonly #dispatcher: Dispatcher
  readonly #stories: ReadonlyMap<string, SuiteStory>
  readonly #watch: MachineWatch

  constructor(dispatcher: Dispatcher, stories: readonly SuiteStory[], watch: MachineWatch) {
    this.#dispatcher = dispatcher
    this.#stories = new Map(stories.map((each) => [each.declaration.name, each]))
    this.#watch = watch
  }

  readonly start: UnitRunner = (execution, slot): RunningUnit => {
    const { id } = execution.unit
    this.#watch.enter(id, execution.suite, slot)
    void execution.steps?.setUp()
    const before = execution.attempts.length === 0 ? this.#story(execution).before : null
    if (before) {
      this.#begin(execution, slot, 'thread')
      this.#end(execution, { outcome: { status: 'failed', failures: 1 }, cases: before }, 'thread')
    }
    this.#begin(execution, slot, 'process')
    const done = new Promise<Outcome>((resolve) => {
      this.running.set(id, (stopped) => {
        this.running.delete(id)
        const ending = stopped === undefined ? this.#nextEnding(execution) : aborted(stopped)
        this.#end(execution, ending, 'process')
        this.done.push({ ...ending, unit: id, suite: execution.suite.id, before })
        this.#watch.leave(id)
        resolve(ending.outcome)
      })
    })
    // As with real processes, the end comes after the order to end.
    const stop = (reason: string): void => queueMicrotask(() => this.running.get(id)?.(reason))
    return { done, stop, kill: () => stop('killed') }
  }

  #story({ suite }: Execution): Pick<SuiteStory, 'endings' | 'before'> {
    return this.#stories.get(suite.id) ?? { endings: [], before: null }
  }

  #nextEnding(execution: Execution): Ending {
    const { endings } = this.#story(execution)
    const made = this.done.filter(({ suite }) => suite === execution.suite.id).length
    return endings[made] ?? endings.at(-1) ?? PASS
  }

  #begin({ unit, suite, attempts }: Execution, worker: number, isolation: ActualIsolation): void {
    const attempt = attemptId(unit.id, attempts.length + 1)
    const ids = { attempt, unit: unit.id, suite: suite.id }
    this.#dispatcher.emit({ kind: 'attempt-started', ...ids, worker, isolation, reproduce: '' })
  }

  #end({ unit, attempts }: Execution, { outcome, cases }: Ending, isolation: ActualIsolation): void {
    const attempt = attemptId(unit.id, attempts.length + 1)
    const superseded = isolation === 'thread' ? { superseded: DOUBTED_IN_THREAD } : {}
    for (const each of cases) this.#dispatcher.emit({ kind: 'case-finished', attempt, case: each })
    this.#dispatcher.emit({ kind: 'attempt-finished', attempt, outcome, durationMs: 3, ...superseded })
    const end = { outcome, durationMs: 3, stdout: NOTHING, stderr: NOTHING, notes: [] }
    attempts.push({ isolation, end, cases, startedAt: 1, ...superseded })
  }
}

const aborted = (reason: string): Ending => ({ outcome: { status: 'aborted', reason }, cases: [] })
