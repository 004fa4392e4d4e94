import type { PlannedSuite, SuiteId } from '@muster/model'
import type { Dispatcher } from '../journal/dispatcher.ts'
import { answerFromEarlierRuns } from './earlier-answer.ts'
import type { HashBoard } from './hash-board.ts'
import { planUnits, type PlanContext, type PlannedUnits } from './plan-units.ts'
import type { Scoring } from './scoring.ts'
import { selectFailed } from './select-failed.ts'
import type { SuiteBook } from './suite-book.ts'
import type { SuiteRequest } from './suite-request.ts'

export interface SubmissionContext {
  readonly root: string
  readonly plan: PlanContext
  readonly book: SuiteBook
  readonly scoring: Scoring
  readonly hashes: HashBoard
  readonly dispatcher: Dispatcher
  readonly useEarlierAnswers: boolean
  readonly skipCoverage: boolean
  readonly isStopped: () => boolean
}

/** Plans what Nx asks for, says the plan, and answers what needs no running. @returns the rest */
export async function planSubmission(
  fresh: readonly SuiteRequest[],
  context: SubmissionContext,
): Promise<PlannedUnits[]> {
  const { root, dispatcher, scoring, book } = context
  const wanted = await selectFailed(root, dispatcher.runId, fresh)
  const planned = await planUnits(wanted, context.plan)
  scoring.add(planned)
  dispatcher.emit({ kind: 'plan-ready', suites: planned.map((each) => plannedSuite(each, book, scoring)) })
  const unfailed = wanted.flatMap(({ answer }) => answer ?? [])
  const asked = fresh.filter((each) => each.problem === undefined && each.failedOnly !== true)
  const finished = context.useEarlierAnswers
    ? await answerFromEarlierRuns(
        root,
        dispatcher.runId,
        asked.map(({ suite }) => suite),
        context.hashes,
        context.isStopped,
        context.skipCoverage,
      )
    : []
  const answered = new Set<SuiteId>()
  for (const answer of [...unfailed, ...finished]) {
    dispatcher.emit(answer)
    if (answer.kind === 'suite-cached') answered.add(answer.suite)
  }
  return planned.filter(({ suite }) => !answered.has(suite.id))
}

function plannedSuite({ suite, estimateMs }: PlannedUnits, book: SuiteBook, scoring: Scoring): PlannedSuite {
  const { id, kind, priority } = suite
  const { dependsOn, task } = book.request(id)
  const [phase, score] = [book.phase(id), scoring.scoreOf(id)]
  return { suite: id, kind, dependsOn, task, priority, phase, estimateMs, score }
}
