import assert from 'node:assert/strict'
import { attemptId, NO_COUNTS, suiteId, unitId, type RunEventBody, type SuiteRecord } from '@muster/model'
import { createDispatcher } from '../src/journal/dispatcher.ts'
import { createSuiteLog } from '../src/run/suite-log.ts'
import { memoryJournal, planned, RUN } from './support.ts'

const a = suiteId('a')
const b = suiteId('b')
const plan = (...suites: readonly ReturnType<typeof suiteId>[]): RunEventBody => ({
  kind: 'plan-ready',
  suites: suites.map(planned),
})
const started = (suite: typeof a, ordinal = 1): RunEventBody => ({
  kind: 'attempt-started',
  attempt: attemptId(unitId(suite), ordinal),
  unit: unitId(suite),
  suite,
  worker: 0,
  isolation: 'thread',
  reproduce: 'mocha',
})
const finishedCase = (suite: typeof a, status: 'passed' | 'failed', ordinal = 1): RunEventBody => ({
  kind: 'case-finished',
  attempt: attemptId(unitId(suite), ordinal),
  case: { path: [status], status, durationMs: 1 },
})
const answered = (suite: typeof a, status: 'passed' | 'aborted' = 'passed'): RunEventBody => ({
  kind: 'unit-finished',
  unit: unitId(suite),
  suite,
  outcome: status === 'passed' ? { status } : { status, reason: 'stopped' },
})

function log(...bodies: readonly RunEventBody[]): SuiteRecord[] {
  const records: SuiteRecord[] = []
  const sink = createSuiteLog(
    () => [{ path: ['from the cache'], status: 'passed', durationMs: 1 }],
    (record) => records.push(record),
  )
  const dispatcher = createDispatcher(RUN, memoryJournal(), { now: () => 3 }, [sink])
  for (const body of bodies) dispatcher.emit(body)
  return records
}

describe('suite log', () => {
  it('tells each answer with the record of that suite alone, though events of others come between', () => {
    const records = log(
      plan(a, b),
      started(a),
      started(b),
      finishedCase(a, 'passed'),
      finishedCase(b, 'failed'),
      answered(a),
      finishedCase(b, 'passed'),
      answered(b),
    )
    assert.deepEqual(
      records.map(({ name, passed, failed }) => [name, passed, failed]),
      [
        ['a', 1, 0],
        ['b', 1, 1],
      ],
    )
  })

  it('counts the last attempt', () => {
    const [record] = log(
      plan(a),
      started(a),
      finishedCase(a, 'failed'),
      started(a, 2),
      finishedCase(a, 'passed', 2),
      answered(a),
    )
    assert.deepEqual([record?.passed, record?.failed, record?.attempts.length], [1, 0, 2])
  })

  it('tells skipped and cached suites, too', () => {
    const records = log(
      plan(a, b),
      { kind: 'suite-skipped', suite: a, reason: 'b did not pass' },
      {
        kind: 'suite-cached',
        suite: b,
        suiteKind: 'unit',
        hash: 'h',
        origin: { runId: RUN, at: 1, source: 'journal' },
        counts: { ...NO_COUNTS, tests: 1, passed: 1 },
        durationMs: 1,
        cases: { sha256: 'x', bytes: 1, totalBytes: 1 },
      },
    )
    assert.deepEqual(
      records.map(({ name, status, cached, cases }) => [name, status, cached, cases.length]),
      [
        ['a', 'skipped', false, 0],
        ['b', 'passed', true, 1],
      ],
    )
  })

  it('lets go of what it told: a second run of the same suite starts from nothing', () => {
    const records = log(
      plan(a),
      started(a),
      finishedCase(a, 'failed'),
      answered(a, 'aborted'),
      started(a, 2),
      finishedCase(a, 'passed', 2),
      answered(a),
    )
    assert.deepEqual(
      records.map(({ failed, passed }) => [failed, passed]),
      [
        [1, 0],
        [0, 1],
      ],
    )
  })
})
