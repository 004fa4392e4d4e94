import { relative, sep } from 'node:path'
import type { CaseStatus, TestCase } from '@muster/model'
import type { UnitMessage } from '../runner.ts'
import { caseError } from './case-error.ts'
import type { MochaEventSource, MochaStats, Runnable } from './mocha-api.ts'

/**
 * A mocha reporter that emits one `case` for each event that mocha's own statistics count, so the
 * counts agree by construction: a test that passes and is failed afterwards (a leaked global, a late
 * exception) counts twice in mocha, and is two cases here.
 */
export function caseReporter(
  root: string,
  emit: (message: UnitMessage) => void,
  onEnd: (stats: MochaStats) => void,
): (runner: MochaEventSource) => void {
  const fileOf = relativeFiles(root)
  const report = (test: Runnable, status: CaseStatus, error?: unknown): void => {
    const file = fileOf(test.file)
    const attempts = test.currentRetry() + 1
    const testCase: TestCase = {
      path: titles(test),
      ...(file !== undefined && { file }),
      status,
      durationMs: test.duration ?? 0,
      ...(attempts > 1 && { attempts }),
      ...(status === 'failed' && { error: caseError(error) }),
      ...(test.type !== 'test' && { hook: true }),
    }
    emit({ type: 'case', case: testCase })
  }
  // Mocha calls it with `new`.
  return function (runner) {
    runner
      .on('pass', (test) => report(test, 'passed'))
      .on('pending', (test) => report(test, 'skipped'))
      .on('fail', (test, error) => report(test, 'failed', error))
      .once('end', () => onEnd(runner.stats ?? { passes: 0, failures: 0, pending: 0 }))
  }
}

/** The root suite has an empty title. */
const titles = (test: Runnable): string[] => test.titlePath().filter((title) => title !== '')

/** Tests come in file order, so remembering one path saves all but one conversion a file. */
function relativeFiles(root: string): (file: string | undefined) => string | undefined {
  let last: string | undefined
  let lastRelative: string | undefined
  return (file) => {
    if (file === undefined) return undefined
    if (file !== last) {
      last = file
      lastRelative = relative(root, file).split(sep).join('/')
    }
    return lastRelative
  }
}
