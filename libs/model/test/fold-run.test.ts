import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  attemptId,
  foldRun,
  NO_COUNTS,
  suiteId,
  unitId,
  type Outcome,
  type RunEventBody,
  type RunRecord,
  type SuiteRecord,
} from '@muster/model'
import { runRecordSchema } from '@muster/model/schema'
import { anyEvents, RUN, stamp } from './arbitraries.ts'

const a = suiteId('a')
const b = suiteId('b')
const first = attemptId(unitId(a), 1)
const second = attemptId(unitId(a), 2)

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
const noCases = (): [] => []
const fold = (...bodies: RunEventBody[]): RunRecord => foldRun(stamp(bodies), noCases)

const started: RunEventBody = {
  kind: 'run-started',
  workspace: 'w',
  command: 'nx test',
  muster: '1',
  node: 'v20',
  platform: 'linux-x64',
  workers: 2,
  failFast: false,
  objective: 'balanced',
  capacity: { workers: 2, cpus: 2, memoryBytes: 1e9, semaphores: {}, labels: ['linux'] },
  machine: 'linux-x64 2c',
}
const score = { total: 1, parts: [] }
const planned: RunEventBody = {
  kind: 'plan-ready',
  suites: [
    {
      suite: a,
      kind: 'unit',
      dependsOn: [],
      task: 'a:test',
      priority: 'high',
      phase: 0,
      estimateMs: 5,
      score,
    },
    {
      suite: b,
      kind: 'chaos',
      dependsOn: [a],
      task: 'b:test',
      priority: 'low',
      phase: 1,
      estimateMs: 7,
      score,
    },
  ],
}
const begin = (attempt = first, isolation: 'thread' | 'process' = 'thread'): RunEventBody => ({
  kind: 'attempt-started',
  attempt,
  unit: unitId(a),
  suite: a,
  worker: 1,
  isolation,
  reproduce: 'npx mocha',
})
const finished = (suite = a, outcome: Outcome = { status: 'passed' }): RunEventBody => ({
  kind: 'unit-finished',
  unit: unitId(suite),
  suite,
  outcome,
})
const end: RunEventBody = { kind: 'run-finished' }

const suiteIn = (record: RunRecord, name: string): SuiteRecord => {
  const found = record.suites.find((each) => each.name === name)
  assert.ok(found, `no suite ${name}`)
  return found
}

describe('foldRun', () => {
  it('takes any prefix of any events, and gives a record that is valid and adds up', () => {
    fc.assert(
      fc.property(anyEvents, fc.nat(), (events, cut) => {
        const record = foldRun(events.slice(0, cut % (events.length + 1)), noCases)
        runRecordSchema.parse(record)
        const fields = ['tests', 'passed', 'failed', 'skipped', 'flaky', 'quarantined', 'notRerun'] as const
        for (const field of fields) {
          const sum = record.suites.reduce((total, each) => total + each[field], 0)
          assert.equal(record.totals[field], sum, field)
        }
        assert.equal(record.totals.tests, record.totals.passed + record.totals.failed + record.totals.skipped)
        assert.equal(record.totals.suites, record.suites.length)
        assert.equal(new Set(record.suites.map(({ name }) => name)).size, record.suites.length)
      }),
    )
  })

  it('is the same after a trip through JSON, as the journal makes one', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const reread = copy(events)
        assert.deepEqual(foldRun(reread, noCases), copy(foldRun(events, noCases)))
      }),
    )
  })

  it('says passed only of a run that finished with nothing but good suites', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const { verdict, complete, suites } = foldRun(events, noCases)
        if (verdict !== 'passed') return
        assert.ok(complete)
        assert.ok(suites.every(({ status }) => status === 'passed' || status === 'skipped'))
      }),
    )
  })

  it('gives what was open when the events stop as aborted, with the reason', () => {
    const cut = fold(started, planned, begin(), finished())
    assert.equal(cut.complete, false)
    assert.equal(cut.verdict, 'aborted')
    assert.equal(suiteIn(cut, 'a').status, 'passed')
    assert.equal(suiteIn(cut, 'b').message, 'the run ended before this suite did')

    const halted = fold(started, planned, { kind: 'run-halted', reason: 'Ctrl-C' }, end)
    assert.deepEqual(
      halted.suites.map(({ status, message }) => [status, message]),
      [
        ['aborted', 'Ctrl-C'],
        ['aborted', 'Ctrl-C'],
      ],
    )
  })

  it('takes the cases of the last attempt, and keeps the superseded one', () => {
    const record = fold(
      started,
      planned,
      begin(),
      { kind: 'case-finished', attempt: first, case: { path: ['x'], status: 'failed', durationMs: 1 } },
      {
        kind: 'attempt-finished',
        attempt: first,
        outcome: { status: 'failed', failures: 1 },
        durationMs: 9,
        superseded: 'needs a process',
      },
      begin(second, 'process'),
      {
        kind: 'case-finished',
        attempt: second,
        case: { path: ['x'], status: 'passed', durationMs: 1, attempts: 2 },
      },
      { kind: 'attempt-slow', attempt: second, afterMs: 5 },
      { kind: 'attempt-finished', attempt: second, outcome: { status: 'passed' }, durationMs: 7 },
      finished(),
      end,
    )
    const suite = suiteIn(record, 'a')
    assert.deepEqual(
      [suite.tests, suite.passed, suite.failed, suite.flaky, suite.durationMs],
      [1, 1, 0, 1, 7],
    )
    assert.equal(suite.slow, true)
    assert.deepEqual(
      suite.attempts.map(({ ordinal, isolation, status, superseded }) => [
        ordinal,
        isolation,
        status,
        superseded,
      ]),
      [
        [1, 'thread', 'failed', 'needs a process'],
        [2, 'process', 'passed', undefined],
      ],
    )
  })

  it('shows a cached suite with its own counts, its cases by content and where it comes from', () => {
    const cases = { sha256: 'c'.repeat(64), bytes: 1, totalBytes: 1 }
    const origin = { runId: RUN, at: 5, source: 'journal' as const }
    const counts = { ...NO_COUNTS, tests: 1, passed: 1 }
    const cached: RunEventBody = {
      kind: 'suite-cached',
      suite: b,
      suiteKind: 'unit',
      hash: 'h',
      origin,
      counts,
      durationMs: 3,
      cases,
    }
    const record = foldRun(stamp([started, planned, cached, finished(), end]), (ref) =>
      ref.sha256 === cases.sha256 ? [{ path: ['kept'], status: 'passed', durationMs: 1 }] : [],
    )
    const suite = suiteIn(record, 'b')
    assert.deepEqual([suite.cached, suite.from, suite.hash, suite.durationMs], [true, origin, 'h', 3])
    assert.equal(suite.kind, 'chaos')
    assert.deepEqual(suite.dependsOn, ['a'])
    assert.deepEqual(
      suite.cases.map(({ path }) => path),
      [['kept']],
    )
    assert.equal(record.verdict, 'passed')
  })

  const outcomes: [Outcome, string][] = [
    [{ status: 'failed', failures: 1 }, 'failed'],
    [{ status: 'no-tests', message: 'none' }, 'failed'],
    [{ status: 'timed-out', limitMs: 1 }, 'failed'],
    [{ status: 'crashed', message: 'x', exitCode: 1, signal: null }, 'failed'],
    [{ status: 'environment-error', message: 'x' }, 'error'],
    [{ status: 'no-device', missing: ['pi'] }, 'error'],
    [{ status: 'aborted', reason: 'x' }, 'aborted'],
    [{ status: 'skipped', reason: 'x' }, 'aborted'],
    [{ status: 'passed' }, 'passed'],
    [{ status: 'passed', quarantined: 1 }, 'passed'],
  ]
  for (const [outcome, verdict] of outcomes) {
    it(`calls a run with a suite that is ${JSON.stringify(outcome)} ${verdict}`, () => {
      assert.equal(fold(started, planned, finished(b), finished(a, outcome), end).verdict, verdict)
    })
  }

  it('lets a failure outweigh trouble with the machine', () => {
    const trouble = finished(b, { status: 'environment-error', message: 'no docker' })
    assert.equal(
      fold(started, planned, trouble, finished(a, { status: 'failed', failures: 1 }), end).verdict,
      'failed',
    )
  })
})
