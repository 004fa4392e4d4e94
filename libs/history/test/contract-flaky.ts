import { deepEqual, equal } from 'node:assert/strict'
import type { HistoryStore } from '@muster/history'
import type { RunRecord, TestCase } from '@muster/model'
import { aCase, aRun, aSuite, START } from './support/records.ts'
import { valueOf } from './support/value-of.ts'

const x = (over: Partial<TestCase> = {}): TestCase[] => [aCase('x', over), aCase('stays')]

async function ingestAll(store: HistoryStore, ...runs: readonly RunRecord[]): Promise<void> {
  for (const run of runs) valueOf(await store.ingest(run))
}

/** What `flaky` promises; `findFlaky` has tests of its own. */
export function flakyContract(store: () => HistoryStore): void {
  it('finds what is flaky, with the last failure', async () => {
    const broken = { status: 'failed', error: { message: 'no' } } as const
    const retried = { attempts: 2, earlierErrors: [{ message: 'late' }] }
    await ingestAll(
      store(),
      aRun(1, [aSuite('a', { cases: x() })]),
      aRun(2, [aSuite('a', { status: 'failed', cases: x(broken) })]),
      aRun(3, [aSuite('a', { cases: x(retried), unstable: true })]),
      aRun(4, [aSuite('a', { hash: 'broken', status: 'failed', cases: x(broken) })]),
    )
    const [finding, ...others] = valueOf(await store().flaky({ sinceMs: 0, limit: 10 }))
    deepEqual(others, [], 'the suite as a whole is explained by its case')
    const { rate, ...found } = finding!
    equal(rate.value, 2 / 3)
    deepEqual(found, {
      verdict: 'flaky',
      suite: 'a',
      caseName: 'group › x',
      file: 'test/a.test.ts',
      executions: 3,
      events: 2,
      sameContent: 1,
      onRetry: 1,
      firstAt: START + 2000,
      lastAt: START + 3000,
      message: 'no',
      environments: [{ platform: 'linux-x64', node: 'v20.20.2', executions: 3, events: 2 }],
    })
    deepEqual(valueOf(await store().flaky({ sinceMs: START + 4000, limit: 10 })), [])
    deepEqual(valueOf(await store().flaky({ sinceMs: 0, limit: 0 })), [])
  })

  it('calls no failure flaky that another platform or content can explain', async () => {
    const bad = { status: 'failed', error: { message: 'EPERM' } } as const
    const windows = { platform: 'win32-x64' }
    await ingestAll(
      store(),
      aRun(1, [aSuite('a', { cases: x() }), aSuite('b', { hash: null, cases: x() })]),
      aRun(2, [aSuite('b', { hash: null, status: 'failed', cases: x(bad) })]),
      aRun(3, [aSuite('a', { status: 'failed', cases: x(bad) })], windows),
      aRun(4, [aSuite('a', { status: 'failed', cases: x(bad) })], windows),
    )
    const [finding, ...others] = valueOf(await store().flaky({ sinceMs: 0, limit: 10 }))
    deepEqual(others, [])
    deepEqual(
      [finding?.verdict, finding?.events, finding?.executions, finding?.message],
      ['environment', 2, 3, 'EPERM'],
    )
    deepEqual(
      finding?.environments.map(({ platform, executions, events }) => [platform, executions, events]),
      [
        ['linux-x64', 1, 0],
        ['win32-x64', 2, 2],
      ],
    )
  })
}
