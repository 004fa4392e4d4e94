import {
  casesOfUnit,
  countCases,
  failedBefore,
  mergeOutcomes,
  type Outcome,
  type Suite,
  type TestCase,
  type UnitId,
} from '@muster/model'
import { removeEvidence } from '../evidence/evidence-store.ts'
import type { Memory, Remembered } from '../evidence/suite-memory.ts'
import type { Dispatcher } from '../journal/dispatcher.ts'
import { comparedEvents } from '../measure/compare-suite.ts'
import { UNIT_OVERHEAD_MS } from './plan-units.ts'
import { keepPass } from './keep-pass.ts'
import { closeCoverage, type KeptCoverage, type SuiteCoverageEnd } from './suite-coverage.ts'
import type { SharedSteps } from './shared-steps.ts'
import type { FinishedAttempt, UnitExecution } from './unit-execution.ts'

export interface SuiteRunContext {
  readonly root: string
  readonly memory: Memory
  readonly dispatcher: Dispatcher
  /** Class of this machine. */
  readonly machine: string
  readonly cores: number
  /** The run was told to collect no coverage. */
  readonly skipCoverage?: boolean
  readonly hashOf: (suite: Suite['id']) => string | undefined
}

/** A suite on its way through the run: its units, and what is to be done once before the first and after the last. */
export class SuiteRun {
  readonly suite: Suite
  readonly executions: ReadonlyMap<UnitId, UnitExecution>
  private readonly outcomes = new Map<UnitId, Outcome>()
  private readonly context: SuiteRunContext
  private readonly steps: SharedSteps | undefined
  private begun = false
  private busy = 0

  constructor(
    suite: Suite,
    executions: readonly UnitExecution[],
    context: SuiteRunContext,
    steps: SharedSteps | undefined,
  ) {
    this.suite = suite
    this.executions = new Map(executions.map((each) => [each.unit.id, each]))
    this.context = context
    this.steps = steps
  }

  /** Old evidence must not speak for a new failure. */
  begin(): void {
    if (this.begun) return
    removeEvidence(this.context.root, this.suite.id)
    this.begun = true
  }

  /** Whether none of its units got as far as running. */
  get isUntouched(): boolean {
    return !this.begun
  }

  get openUnits(): readonly UnitId[] {
    return [...this.executions.keys()].filter((unit) => !this.outcomes.has(unit))
  }

  /** @param busy mean number of units that ran at the same time */
  noteBusy(busy: number): void {
    this.busy = Math.max(this.busy, busy)
  }

  /** What a unit came to. With the last one the suite ends, which may still turn its outcome. */
  async settle(unit: UnitId, told: Outcome): Promise<Outcome> {
    // Whether there are tests is asked of all units together.
    const isPart = this.executions.size > 1
    const outcome: Outcome = isPart && told.status === 'no-tests' ? { status: 'passed' } : told
    this.outcomes.set(unit, outcome)
    if (this.openUnits.length > 0) return outcome
    const problem = await this.steps?.tearDown()
    const turned = this.turn(outcome, problem)
    this.outcomes.set(unit, turned)
    const covered = await this.cover()
    if (covered?.outcome.status === 'failed' && turned.status === 'passed') {
      this.outcomes.set(unit, covered.outcome)
      this.close(mergeOutcomes([...this.outcomes.values()]), covered.kept)
      return covered.outcome
    }
    this.close(mergeOutcomes([...this.outcomes.values()]), covered?.kept)
    if (turned.status === 'passed') await this.compare()
    return turned
  }

  /** What the last unit came to, with what is known of the suite as a whole. */
  private turn(outcome: Outcome, problem: string | undefined): Outcome {
    if (outcome.status !== 'passed') {
      if (problem !== undefined) this.warn(problem)
      return outcome
    }
    if (problem !== undefined)
      return { status: 'environment-error', message: `The tests passed, but ${problem}.` }
    const isEmpty = [...this.executions.values()].every(
      ({ attempts }) => (attempts.at(-1)?.cases ?? []).length === 0,
    )
    return isEmpty && this.executions.size > 1 && !this.suite.allowNoTests
      ? { status: 'no-tests', message: 'None of its files has a test.' }
      : outcome
  }

  private async cover(): Promise<SuiteCoverageEnd | undefined> {
    const { root, dispatcher, skipCoverage } = this.context
    const { coverage } = this.suite
    if (coverage === undefined || skipCoverage === true) return undefined
    const outcome = mergeOutcomes([...this.outcomes.values()])
    return closeCoverage(root, { ...this.suite, coverage }, this.executions.values(), outcome, dispatcher)
  }

  /** What it measured, with its baseline; it changes no outcome. */
  private async compare(): Promise<void> {
    const { root, dispatcher } = this.context
    const [last] = this.lastAttempts()
    for (const event of await comparedEvents(root, this.suite.id, last?.measurement, last?.cases ?? []))
      dispatcher.emit(event)
  }

  private close(outcome: Outcome, coverage: KeptCoverage | undefined): void {
    const { root, memory, dispatcher, hashOf } = this.context
    const last = this.lastAttempts()
    const cases = [...this.executions.values()].flatMap(({ attempts }) => casesOfUnit(attempts))
    const hash = hashOf(this.suite.id) ?? null
    const passed = outcome.status === 'passed'
    if (passed) {
      const unclean = this.unclean(cases)
      keepPass(root, dispatcher, {
        suite: this.suite.id,
        kind: this.suite.kind,
        runId: dispatcher.runId,
        at: last[0]?.startedAt ?? Date.now(),
        hash,
        durationMs: last.reduce((sum, { end }) => sum + end.durationMs, 0),
        cases,
        ...(unclean !== undefined && { unclean }),
        ...(last[0]?.measurement && { measurement: last[0].measurement }),
        ...(coverage && { coverage }),
        ...(this.suite.coverage && this.context.skipCoverage === true && { coverage: null }),
      })
    }
    const complete = !cases.some(({ notRerun }) => notRerun)
    if (
      passed ||
      outcome.status === 'failed' ||
      outcome.status === 'timed-out' ||
      outcome.status === 'crashed'
    )
      memory.remember(this.lesson(passed, complete, hash, last, cases))
  }

  private lastAttempts(): FinishedAttempt[] {
    return [...this.executions.values()].flatMap(({ attempts }) => attempts.at(-1) ?? [])
  }

  /** Why a copy of this pass is not to be believed when a cache brings it back. */
  private unclean(cases: readonly TestCase[]): string | undefined {
    const { flaky, quarantined, notRerun } = countCases(cases)
    if (notRerun > 0) return 'only test cases that had failed were run'
    if (quarantined > 0) return `${quarantined} of its test cases failed in quarantine`
    const unstable = [...this.executions.values()].some(({ attempts }) =>
      failedBefore(attempts, ({ end }) => end.outcome.status === 'passed'),
    )
    if ((flaky > 0 || unstable) && !this.suite.flaky.cache) return 'it passed only after a failure (flaky)'
    return undefined
  }

  private lesson(
    passed: boolean,
    complete: boolean,
    hash: string | null,
    last: readonly FinishedAttempt[],
    cases: readonly TestCase[],
  ): Remembered {
    const { machine, cores } = this.context
    const failedFiles = new Set(cases.flatMap((each) => (isFailure(each) && each.file ? [each.file] : [])))
    const usages = last.flatMap(({ end }) => end.usage ?? [])
    const whole = last.find(({ end }) => end.whole !== undefined)?.end.whole
    if (whole !== undefined && this.executions.size > 1)
      this.warn(`it ran in ${this.executions.size} shards, but should not be split: ${whole}`)
    return {
      suite: this.suite.id,
      kind: this.suite.kind,
      at: Date.now(),
      passed,
      ...(failedFiles.size > 0 && { failedFiles: [...failedFiles] }),
      ...(whole !== undefined && { whole }),
      ...(this.isSplittable(whole, passed && complete) && { whole: '' }),
      // Of failures, too: what ran out of memory must be given more.
      ...(usages.length > 0 && { peakBytes: Math.max(...usages.map((each) => each.peakMemoryBytes)) }),
      ...(complete && { machine, durationMs: Math.round(asOneUnit(last)) }),
      ...(passed &&
        complete && {
          busy: Number((Math.max(1, this.busy) / cores).toFixed(2)),
          ...(usages.length === last.length && {
            cpuMs: Math.round(usages.reduce((sum, each) => sum + each.cpuMs, 0)),
            averageCpus: Number(Math.max(...usages.map((each) => each.averageCpus)).toFixed(2)),
          }),
          ...filesOf(last),
          ...(hash !== null && { hash, tests: cases.length }),
        }),
    }
  }

  /** It was thought not to be, and a whole run has found no reason. */
  private isSplittable(whole: string | undefined, wasWhole: boolean): boolean {
    const { memory } = this.context
    const thought = memory.of(this.suite.id).whole !== undefined
    return thought && whole === undefined && wasWhole && this.executions.size === 1
  }

  private warn(message: string): void {
    const { dispatcher } = this.context
    dispatcher.emit({ kind: 'note', level: 'warning', suite: this.suite.id, message })
  }
}

/** A split suite pays the start of a unit several times; remembered is what it takes in one. */
const asOneUnit = (last: readonly FinishedAttempt[]): number =>
  last.reduce((sum, { end }) => sum + end.durationMs, 0) - Math.max(0, last.length - 1) * UNIT_OVERHEAD_MS

const isFailure = ({ status, quarantined, notRerun }: TestCase): boolean =>
  status === 'failed' && quarantined === undefined && notRerun !== true

/** Milliseconds of each test file; worth remembering only where there is more than one. */
function filesOf(last: readonly FinishedAttempt[]): Pick<Remembered, 'files'> {
  const files: Record<string, number> = {}
  for (const { end, cases } of last) {
    if (end.fileMs) Object.assign(files, end.fileMs)
    else
      for (const { file, durationMs } of cases)
        if (file !== undefined) files[file] = (files[file] ?? 0) + durationMs
  }
  const rounded = Object.entries(files).map(([file, ms]) => [file, Math.round(ms)] as const)
  return rounded.length > 1 ? { files: Object.fromEntries(rounded) } : {}
}
