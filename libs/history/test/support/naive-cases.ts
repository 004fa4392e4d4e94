import { caseName, type RunRecord, type SuiteRecord, type TestCase } from '@muster/model'
import type { CaseSummary } from '@muster/history'

interface Seen {
  readonly testCase: TestCase
  readonly at: number
}

/** @param suiteRuns executed ones, newest first */
export function naiveCases(suiteRuns: readonly { run: RunRecord; suite: SuiteRecord }[]): CaseSummary[] {
  const byKey = new Map<string, Seen[]>()
  for (const { run, suite } of suiteRuns) {
    const ofRun = new Map<string, Seen[]>()
    for (const testCase of suite.cases) {
      if (testCase.notRerun === true) continue
      const key = JSON.stringify([caseName(testCase), testCase.file ?? ''])
      // Of one name twice in a run, the later one is the last.
      ofRun.set(key, [{ testCase, at: run.startedAt }, ...(ofRun.get(key) ?? [])])
    }
    for (const [key, seen] of ofRun) byKey.set(key, [...(byKey.get(key) ?? []), ...seen])
  }
  return [...byKey]
    .map(([key, seen]) => ({ key: JSON.parse(key) as [string, string], seen }))
    .sort((a, b) => compare(a.key[0], b.key[0]) || compare(a.key[1], b.key[1]))
    .map(({ key: [name, file], seen }) => {
      const passes = seen.filter(({ testCase }) => testCase.status === 'passed')
      const total = passes.reduce((sum, { testCase }) => sum + testCase.durationMs, 0)
      return {
        name,
        file: file === '' ? null : file,
        executions: seen.length,
        failures: seen.filter(({ testCase }) => testCase.status === 'failed').length,
        retried: passes.filter(({ testCase }) => (testCase.attempts ?? 1) > 1).length,
        lastStatus: seen[0]!.testCase.status,
        lastAt: seen[0]!.at,
        durationMs: passes.length === 0 ? null : total / passes.length,
      }
    })
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
