import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  attemptId,
  DOUBTED_IN_THREAD,
  foldRun,
  suiteId,
  unitId,
  type Outcome,
  type RunEventBody,
  type SuiteRecord,
  type TestCase,
  type Usage,
} from '@muster/model'
import { stamp } from './arbitraries.ts'

const a = suiteId('a')
const PASSED: Outcome = { status: 'passed' }
const FAILED: Outcome = { status: 'failed', failures: 1 }
const CRASHED: Outcome = { status: 'crashed', message: 'gone', exitCode: 1, signal: null }
const USAGE: Usage = {
  cpuMs: 50,
  averageCpus: 0.5,
  peakCpus: 1,
  averageMemoryBytes: 10,
  peakMemoryBytes: 20,
  readBytes: 0,
  writtenBytes: 0,
  samples: 4,
}

interface Try {
  readonly outcome: Outcome
  readonly cases?: readonly TestCase[]
  readonly superseded?: string
  readonly durationMs?: number
}

/** The events of one unit: queued, tried, finished with what the last try came to. */
function unitEvents(tries: readonly Try[], shard?: { index: number; of: number }): RunEventBody[] {
  const unit = unitId(a, shard)
  const last = tries.at(-1)
  return [
    { kind: 'unit-queued', unit, suite: a, estimateMs: 9, ...(shard && { shard, files: ['a.ts'] }) },
    ...tries.flatMap(({ outcome, cases = [], superseded, durationMs = 10 }, index): RunEventBody[] => {
      const attempt = attemptId(unit, index + 1)
      return [
        {
          kind: 'attempt-started',
          attempt,
          unit,
          suite: a,
          worker: 0,
          isolation: 'process',
          reproduce: `again ${attempt}`,
        },
        ...cases.map((each): RunEventBody => ({ kind: 'case-finished', attempt, case: each })),
        {
          kind: 'attempt-finished',
          attempt,
          outcome,
          durationMs,
          usage: USAGE,
          ...(superseded !== undefined && { superseded }),
        },
      ]
    }),
    ...(last ? [{ kind: 'unit-finished' as const, unit, suite: a, outcome: last.outcome }] : []),
  ]
}

const started: RunEventBody = {
  kind: 'run-started',
  workspace: 'w',
  command: 'c',
  muster: '1',
  node: 'v20',
  platform: 'linux-x64',
  workers: 2,
  failFast: false,
  objective: 'feedback',
  budgetMs: 60_000,
  capacity: { workers: 2, cpus: 4, memoryBytes: 1e9, semaphores: { db: 2 }, labels: ['linux'] },
  machine: 'fast',
}

function suiteOf(...events: RunEventBody[][]): SuiteRecord {
  const [suite] = foldRun(stamp(events.flat()), () => []).suites
  assert.ok(suite)
  return suite
}

const testCase = (name: string, status: TestCase['status'], more: Partial<TestCase> = {}): TestCase => ({
  path: [name],
  file: 'a.ts',
  status,
  durationMs: 1,
  ...more,
})

const at = (time: number, body: RunEventBody): ReturnType<typeof stamp>[number] => ({
  ...stamp([body])[0]!,
  at: time,
})

const ranOn = (worker: number, from: number, durationMs: number): ReturnType<typeof stamp> => {
  const unit = unitId(a, { index: worker + 1, of: 2 })
  const attempt = attemptId(unit, 1)
  return [
    at(from, {
      kind: 'attempt-started',
      attempt,
      unit,
      suite: a,
      worker,
      isolation: 'process',
      reproduce: '',
    }),
    at(from + durationMs, { kind: 'attempt-finished', attempt, outcome: PASSED, durationMs }),
  ]
}
const utilisationOf = (...events: ReturnType<typeof stamp>[]): number =>
  foldRun([at(0, started), ...events.flat(), at(9_999, { kind: 'run-finished' })], () => []).utilisation

describe('a suite of several units', () => {
  const shards = [1, 2].map((index) => ({ index, of: 2 }))

  it('is the merged outcome, the cases and the time of all of them', () => {
    const suite = suiteOf(
      unitEvents([{ outcome: PASSED, cases: [testCase('x', 'passed')] }], shards[0]),
      unitEvents([{ outcome: FAILED, cases: [testCase('y', 'failed')], durationMs: 30 }], shards[1]),
    )
    assert.deepEqual(
      [suite.status, suite.message, suite.tests, suite.failed, suite.durationMs],
      ['failed', '1 failed', 2, 1, 40],
    )
    assert.equal(suite.reproduce, 'again a#2/2@1', 'the one that is to be mended')
    assert.deepEqual(
      suite.units.map(({ id, shard, files, status, estimateMs }) => [id, shard, files, status, estimateMs]),
      [
        ['a#1/2', shards[0], ['a.ts'], 'passed', 9],
        ['a#2/2', shards[1], ['a.ts'], 'failed', 9],
      ],
    )
    assert.deepEqual(
      suite.attempts.map(({ unit, ordinal, usage }) => [unit, ordinal, usage]),
      [
        ['a#1/2', 1, USAGE],
        ['a#2/2', 1, USAGE],
      ],
    )
  })

  it('is aborted while one of them is open', () => {
    const open = unitEvents([], shards[1])
    const suite = suiteOf(unitEvents([{ outcome: PASSED }], shards[0]), open)
    assert.equal(suite.status, 'aborted')
    assert.deepEqual(
      suite.units.map(({ status }) => status),
      ['passed', 'aborted'],
    )
  })
})

describe('flakiness', () => {
  it('is a case that passes after it failed in an earlier attempt, with what it failed with', () => {
    const first = [testCase('x', 'failed', { error: { message: 'no' } }), testCase('y', 'passed')]
    const suite = suiteOf(
      unitEvents([
        { outcome: FAILED, cases: first },
        { outcome: PASSED, cases: [testCase('x', 'passed'), testCase('y', 'passed')] },
      ]),
    )
    assert.deepEqual(suite.cases, [
      testCase('x', 'passed', { attempts: 2, earlierErrors: [{ message: 'no' }] }),
      testCase('y', 'passed'),
    ])
    assert.deepEqual([suite.flaky, suite.unstable, suite.status], [1, true, 'passed'])
  })

  it('adds the executions inside the attempts, oldest error first', () => {
    const suite = suiteOf(
      unitEvents([
        { outcome: FAILED, cases: [testCase('x', 'failed', { attempts: 2, error: { message: '1' } })] },
        { outcome: FAILED, cases: [testCase('x', 'failed', { error: { message: '2' } })] },
        {
          outcome: PASSED,
          cases: [testCase('x', 'passed', { attempts: 2, earlierErrors: [{ message: '3' }] })],
        },
      ]),
    )
    assert.equal(suite.cases[0]?.attempts, 5)
    assert.deepEqual(
      suite.cases[0]?.earlierErrors?.map(({ message }) => message),
      ['1', '2', '3'],
    )
  })

  it("isn't a failure in an attempt that was superseded: a thread's trouble says nothing of the test", () => {
    const suite = suiteOf(
      unitEvents([
        { outcome: FAILED, cases: [testCase('x', 'failed')], superseded: 'needs a process' },
        { outcome: PASSED, cases: [testCase('x', 'passed')] },
      ]),
    )
    assert.deepEqual([suite.flaky, suite.unstable], [0, false])
    assert.deepEqual(suite.cases, [testCase('x', 'passed')])
  })

  it('shows in a failure that only a thread had, but not twice in one that a process has too', () => {
    const doubted = { outcome: FAILED, cases: [testCase('x', 'failed')], superseded: DOUBTED_IN_THREAD }
    const passed = suiteOf(unitEvents([doubted, { outcome: PASSED, cases: [testCase('x', 'passed')] }]))
    assert.equal(passed.flaky, 1)
    const failed = suiteOf(unitEvents([doubted, { outcome: FAILED, cases: [testCase('x', 'failed')] }]))
    assert.deepEqual(failed.cases, [testCase('x', 'failed')])
  })

  it('is a suite that crashed and then passed, though no case of its own shows it', () => {
    const suite = suiteOf(
      unitEvents([{ outcome: CRASHED }, { outcome: PASSED, cases: [testCase('x', 'passed')] }]),
    )
    assert.deepEqual([suite.flaky, suite.unstable], [0, true])
  })

  it("isn't a suite that failed in the end, nor cases of one name in two files", () => {
    assert.equal(suiteOf(unitEvents([{ outcome: CRASHED }, { outcome: FAILED }])).unstable, false)
    const suite = suiteOf(
      unitEvents([
        { outcome: FAILED, cases: [testCase('x', 'failed', { file: 'b.ts' })] },
        { outcome: PASSED, cases: [testCase('x', 'passed')] },
      ]),
    )
    assert.equal(suite.flaky, 0)
  })

  const names = fc.constantFrom('x', 'y', 'z')
  const caseList = fc.uniqueArray(fc.tuple(names, fc.boolean()), { selector: ([name]) => name })
  it('has exactly the cases that failed before and pass now, whatever the attempts', () => {
    fc.assert(
      fc.property(fc.array(caseList, { minLength: 1, maxLength: 4 }), (attempts) => {
        const tries = attempts.map((list): Try => ({
          outcome: list.every(([, fine]) => fine) ? PASSED : FAILED,
          cases: list.map(([name, fine]) => testCase(name, fine ? 'passed' : 'failed')),
        }))
        const suite = suiteOf(unitEvents(tries))
        const before = new Set(
          attempts.slice(0, -1).flatMap((list) => list.flatMap(([name, fine]) => (fine ? [] : [name]))),
        )
        const expected = attempts.at(-1)!.filter(([name, fine]) => fine && before.has(name)).length
        assert.equal(suite.flaky, expected)
        assert.equal(suite.tests, attempts.at(-1)!.length)
      }),
    )
  })
})

describe('the run around them', () => {
  it('keeps the plan of a suite, with the score as it was last', () => {
    const part = { name: 'priority' as const, value: 1, why: 'high' }
    const record = foldRun(
      stamp([
        started,
        {
          kind: 'plan-ready',
          suites: [
            {
              suite: a,
              kind: 'unit',
              dependsOn: [],
              task: 'a:test',
              priority: 'high',
              phase: 2,
              estimateMs: 7,
              score: { total: 1, parts: [part] },
            },
          ],
        },
        { kind: 'suite-rescored', suite: a, score: { total: 5, parts: [] } },
      ]),
      () => [],
    )
    assert.deepEqual(record.suites[0]?.plan, {
      priority: 'high',
      phase: 2,
      estimateMs: 7,
      score: { total: 5, parts: [] },
    })
    const { machine, objective, budgetMs, capacity } = record
    assert.deepEqual(
      [machine, objective, budgetMs, capacity.semaphores],
      ['fast', 'feedback', 60_000, { db: 2 }],
    )
  })

  it("gives the share of the workers' time that was used, from the first start to the last end", () => {
    // 100 + 50 of 2 · 100 ms; what Nx does before and after is not the workers' time.
    assert.equal(utilisationOf(ranOn(0, 1000, 100), ranOn(1, 1000, 50)), 0.75)
    assert.equal(utilisationOf(ranOn(0, 1000, 100)), 0.5)
    assert.equal(utilisationOf(), 0)
  })

  it('says why it was halted, the first time', () => {
    const record = foldRun(
      stamp([started, { kind: 'run-halted', reason: 'one' }, { kind: 'run-halted', reason: 'two' }]),
      () => [],
    )
    assert.equal(record.halted, 'one')
  })
})
