import type { CaseError, CaseStatus, TestCase } from '@muster/model'
import type { UnitMessage } from '../runner.ts'
import { workspacePaths } from '../workspace-path.ts'
import { caseError } from '../case-error.ts'
import { absoluteFrames } from './absolute-frames.ts'
import type { MochaEventSource, MochaStats, Runnable } from './mocha-api.ts'

/** Of the executions before the last: what the first ones say is enough, and retries may be many. */
const EARLIER_ERRORS = 5

interface ReporterSettings {
  /** Absolute workspace root; case files are told relative to it. */
  readonly root: string
  /** Absolute; where mocha runs. */
  readonly cwd: string
  /** Takes the runner's own frames out of a stack; mocha does so for the last error only. */
  readonly filterStack: (stack: string) => string
  readonly emit: (message: UnitMessage) => void
  readonly onEnd: (stats: MochaStats) => void
}

/**
 * A mocha reporter that emits one `case` for each event that mocha's own statistics count, so the
 * counts agree by construction: a test that passes and is failed afterwards (a leaked global, a late
 * exception) counts twice in mocha, and is two cases here.
 */
export function caseReporter({
  root,
  cwd,
  filterStack,
  emit,
  onEnd,
}: ReporterSettings): (runner: MochaEventSource) => void {
  const fileOf = workspacePaths(root)
  let earlierErrors: CaseError[] = []
  const told = (thrown: unknown, clean = (stack: string): string => stack): CaseError => {
    const { stack, ...error } = caseError(thrown)
    return stack === undefined ? error : { ...error, stack: absoluteFrames(clean(stack), cwd) }
  }
  const remember = (thrown: unknown): void => {
    if (earlierErrors.length < EARLIER_ERRORS) earlierErrors.push(told(thrown, filterStack))
  }
  const report = (test: Runnable, status: CaseStatus, error?: unknown): void => {
    const file = fileOf(test.file)
    const attempts = test.currentRetry() + 1
    const testCase: TestCase = {
      path: titles(test),
      ...(file !== undefined && { file }),
      status,
      durationMs: test.duration ?? 0,
      ...(attempts > 1 && { attempts }),
      ...(status === 'failed' && { error: told(error) }),
      // A hook may fail between two executions of a test.
      ...(attempts > 1 && earlierErrors.length > 0 && { earlierErrors }),
      ...(test.type !== 'test' && { hook: true }),
    }
    earlierErrors = []
    emit({ type: 'case', case: testCase })
  }
  // Mocha calls it with `new`.
  return function (runner) {
    runner
      .on('pass', (test) => report(test, 'passed'))
      .on('pending', (test) => report(test, 'skipped'))
      .on('retry', (_, error) => remember(error))
      .on('fail', (test, error) => report(test, 'failed', error))
      .once('end', () => onEnd(runner.stats ?? { passes: 0, failures: 0, pending: 0 }))
  }
}

/** The path by which a case is known. The root suite has an empty title, and so may groups. */
export const titles = (runnable: { titlePath(): string[] }): string[] =>
  runnable.titlePath().filter((title) => title !== '')
