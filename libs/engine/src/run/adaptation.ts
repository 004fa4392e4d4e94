import type { Outcome, SuiteId, UnitId } from '@muster/model'
import { worthEarly } from '@muster/scheduler'
import type { Dispatcher } from '../journal/dispatcher.ts'
import type { Scoring } from './scoring.ts'
import type { SuiteBook } from './suite-book.ts'
import type { ChangeImpact } from './suite-request.ts'
import type { SuiteRun } from './suite-run.ts'

export interface AdaptationListener {
  rescored(scores: ReadonlyMap<UnitId, number>): void
  reestimated(estimates: ReadonlyMap<UnitId, number>): void
}

/** What becomes known during a run, and what it says about the units that wait. */
export class Adaptation {
  private readonly book: SuiteBook
  private readonly scoring: Scoring
  private readonly dispatcher: Dispatcher
  private readonly tell: AdaptationListener

  constructor(book: SuiteBook, scoring: Scoring, dispatcher: Dispatcher, tell: AdaptationListener) {
    this.book = book
    this.scoring = scoring
    this.dispatcher = dispatcher
    this.tell = tell
  }

  /** What changed since a suite's last run is known only after its files were hashed. */
  changed(impacts: Readonly<Record<string, ChangeImpact>>): void {
    this.rescore(this.scoring.noteImpacts(impacts))
  }

  ended(run: SuiteRun, unit: UnitId, outcome: Outcome): void {
    const { attempts, unit: planned } = run.executions.get(unit)!
    const last = attempts.at(-1)
    if (outcome.status === 'passed' && last) {
      const pace = this.scoring.notePace(planned.estimateMs, last.end.durationMs)
      if (pace !== undefined) this.tell.reestimated(this.estimatesAt(pace))
    }
    const failed = outcome.status === 'failed'
    if (failed || run.openUnits.length === 0) this.rescore(this.scoring.noteVerdict(run.suite.id, failed))
  }

  private estimatesAt(pace: number): Map<UnitId, number> {
    return new Map(this.book.openExecutions().map(({ unit }) => [unit.id, unit.estimateMs * pace] as const))
  }

  private rescore(suites: readonly SuiteId[]): void {
    const scores = new Map<UnitId, number>()
    for (const id of suites) {
      const open = this.book.run(id)?.openUnits ?? []
      if (open.length === 0) continue
      const score = this.scoring.scoreOf(id)
      this.dispatcher.emit({ kind: 'suite-rescored', suite: id, score })
      for (const unit of open) scores.set(unit, worthEarly(score.total))
    }
    if (scores.size > 0) this.tell.rescored(scores)
  }
}
