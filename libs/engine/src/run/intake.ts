import { worthEarly, type ScheduledUnit } from '@muster/scheduler'
import { cacheDir } from '../journal/run-store.ts'
import type { ConductorOptions, ConductorParts } from './conductor-options.ts'
import { createSuiteRun } from './create-suite-run.ts'
import type { HashBoard } from './hash-board.ts'
import { planSubmission } from './plan-submission.ts'
import { scheduledUnits } from './plan-units.ts'
import type { Scoring } from './scoring.ts'
import type { SuiteBook } from './suite-book.ts'
import type { SuiteRequest } from './suite-request.ts'

/** What the run knows of its suites. */
export interface Knowledge {
  readonly book: SuiteBook
  readonly scoring: Scoring
  readonly hashes: HashBoard
}

/** Turns what is submitted into units: what an earlier run answers, how suites are split, what each is worth. */
export class Intake {
  private readonly options: ConductorOptions
  private readonly parts: ConductorParts
  private readonly known: Knowledge

  constructor(options: ConductorOptions, parts: ConductorParts, known: Knowledge) {
    this.options = options
    this.parts = parts
    this.known = known
  }

  /** Suites that are known already are passed over. @returns what the scheduler has to be given */
  async take(all: readonly SuiteRequest[], isStopped: () => boolean): Promise<readonly ScheduledUnit[]> {
    const { book, scoring, hashes } = this.known
    const { dispatcher } = this.parts
    const fresh = book.takeNew(all)
    if (fresh.length === 0) return []
    const { root, memory, machine, cores, capacity, env } = this.options
    const { useEarlierAnswers, skipCoverage = false } = this.options
    const runner = { root, cacheDir: cacheDir(root), env }
    const planned = await planSubmission(fresh, {
      root,
      plan: { runner, memory, machine, cores, workers: capacity.workers },
      book,
      scoring,
      hashes,
      dispatcher,
      useEarlierAnswers,
      skipCoverage,
      isStopped,
    })
    for (const each of planned) {
      book.add(createSuiteRun(each, this.options, this.parts, hashes))
      for (const { id, suite, estimateMs, shard, part } of each.units) {
        dispatcher.emit({
          kind: 'unit-queued',
          unit: id,
          suite,
          estimateMs,
          ...(shard && { shard, files: part.files ?? [] }),
        })
      }
    }
    return scheduledUnits(planned, (suite) => ({
      dependsOn: book.request(suite).dependsOn,
      phase: book.phase(suite),
      score: worthEarly(scoring.scoreOf(suite).total),
    }))
  }
}
