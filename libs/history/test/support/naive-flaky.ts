import { caseName, type RunRecord, type Status } from '@muster/model'
import { MESSAGE_LIMIT, type FlakyFinding } from '@muster/history'
import type { ExecutionGroup } from '../../src/flaky/execution-group.ts'
import { findFlaky, type SilentFinding } from '../../src/flaky/find-flaky.ts'

/** One execution of a case or suite, as the record has it. */
interface Execution {
  readonly key: string
  readonly suite: string
  readonly caseName: string | null
  readonly file: string | null
  readonly content: string
  readonly run: RunRecord
  readonly result: 'clean' | 'retried' | 'failed'
  readonly unexplained: boolean
  readonly message: string | undefined
}

const WRONG: ReadonlySet<Status> = new Set<Status>(['failed', 'timed-out', 'crashed', 'no-tests'])

/** Lays all executions side by side and counts. What it means is `findFlaky`'s, which has tests of its own. */
export function naiveFlaky(newestFirst: readonly RunRecord[]): FlakyFinding[] {
  const all = newestFirst.flatMap(executionsIn)
  const groups = new Map<string, Execution[]>()
  for (const each of all) {
    const name = JSON.stringify([each.key, each.content, each.run.platform, each.run.node])
    groups.set(name, [...(groups.get(name) ?? []), each])
  }
  return findFlaky([...groups.values()].map(groupOf)).map((finding) => told(finding, all))
}

function told({ key, ...finding }: SilentFinding, newestFirst: readonly Execution[]): FlakyFinding {
  const failing = newestFirst.filter((each) => each.key === key && each.result !== 'clean')
  return { ...finding, message: failing.find(({ message }) => message !== undefined)?.message ?? null }
}

function executionsIn(run: RunRecord): Execution[] {
  return run.suites.flatMap((suite, place): Execution[] => {
    if (suite.cached) return []
    const { name, hash, status, unstable, flaky, quarantined } = suite
    const common = { suite: name, content: hash ?? `${run.runId} ${place}`, run }
    const seen = new Map<string, number>()
    const cases = suite.cases
      .filter(({ notRerun }) => notRerun !== true)
      .flatMap((each): Execution[] => {
        const id = JSON.stringify([name, caseName(each), each.file ?? ''])
        const nth = seen.get(id) ?? 0
        seen.set(id, nth + 1)
        if (each.status === 'skipped') return []
        const again = (each.attempts ?? 1) > 1
        return [
          {
            ...common,
            key: `case ${id} ${nth}`,
            caseName: caseName(each),
            file: each.file ?? null,
            result: each.status === 'failed' ? 'failed' : again ? 'retried' : 'clean',
            unexplained: false,
            message: (each.error ?? each.earlierErrors?.at(-1))?.message.slice(0, MESSAGE_LIMIT),
          },
        ]
      })
    if (status !== 'passed' && !WRONG.has(status)) return cases
    if (status === 'passed' && !unstable && quarantined > 0) return cases
    const whole: Execution = {
      ...common,
      key: `suite ${name}`,
      caseName: null,
      file: null,
      result: status !== 'passed' ? 'failed' : unstable ? 'retried' : 'clean',
      unexplained: status === 'passed' ? unstable && flaky === 0 : status !== 'failed',
      message: status === 'passed' ? undefined : suite.message,
    }
    return [...cases, whole]
  })
}

function groupOf(executions: readonly Execution[]): ExecutionGroup {
  const [first] = executions
  if (!first) throw new Error('an empty group')
  const { key, suite, caseName: name, file, content, run } = first
  const count = (result: Execution['result']): number =>
    executions.filter((each) => each.result === result).length
  const events = executions.filter(({ result }) => result !== 'clean').map((each) => each.run.startedAt)
  return {
    key,
    suite,
    caseName: name,
    file,
    content,
    platform: run.platform,
    node: run.node,
    clean: count('clean'),
    retried: count('retried'),
    failed: count('failed'),
    unexplained: executions.filter((each) => each.unexplained).length,
    firstAt: events.length === 0 ? null : Math.min(...events),
    lastAt: events.length === 0 ? null : Math.max(...events),
  }
}
