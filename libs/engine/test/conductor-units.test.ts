import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  attemptId,
  foldRun,
  runId,
  unitId,
  type RunEvent,
  type Suite,
  type SuiteRecord,
  type TestCase,
} from '@muster/model'
import { readEvidence } from '../src/evidence/evidence-store.ts'
import { openMemory } from '../src/evidence/suite-memory.ts'
import { systemClock } from '../src/journal/clock.ts'
import { createDispatcher } from '../src/journal/dispatcher.ts'
import { openJournal } from '../src/journal/journal-writer.ts'
import { journalFile, openRun } from '../src/journal/run-store.ts'
import { openMachineSemaphores } from '../src/machine/machine-semaphores.ts'
import { answered, capacity, conduct, request } from './conduct.ts'
import { eventually, inScratch, inWorkspace, keepCache, planned, RUN, suite } from './support.ts'

const failed = { status: 'failed', failures: 1 } as const
const testCase = (name: string, status: TestCase['status'], more: Partial<TestCase> = {}): TestCase => ({
  path: [name],
  status,
  durationMs: 1,
  ...(status === 'failed' && { error: { message: 'no' } }),
  ...more,
})

const kinds = (events: readonly RunEvent[], kind: RunEvent['kind']): number =>
  events.filter((event) => event.kind === kind).length

const recordOf = (events: readonly RunEvent[], name: string): SuiteRecord =>
  foldRun(events, () => []).suites.find((each) => each.name === name) ?? assert.fail(`no suite ${name}`)

/** A suite of three files, which the user wants in as many units. */
function splitSuite(root: string): Partial<Suite> {
  const dir = path.join(root, 'suites/a')
  mkdirSync(dir, { recursive: true })
  for (const name of ['x', 'y', 'z']) writeFileSync(path.join(dir, `${name}.spec.cjs`), "it('t', () => {})")
  keepCache(root)
  return { runner: { name: 'mocha', options: {} }, include: ['*.spec.cjs'], shards: 3 }
}

describe('conductor: retries', () => {
  const retries = { count: 2, delayMs: 1 }

  it('tries again what failed, and calls a pass flaky, which is no evidence for a cache', () =>
    inScratch(async (root) => {
      const { submit, units, events } = conduct(root)
      await submit([request('a', [], { retries })])
      await units.end('a', failed, [testCase('t', 'failed'), testCase('u', 'passed')])
      await units.end('a', { status: 'passed' }, [testCase('t', 'passed'), testCase('u', 'passed')])
      await answered(events, ['a passed'])
      assert.equal(kinds(events, 'retry-scheduled'), 1)
      const read = await readEvidence(root, 'a')
      assert.match(read.ok ? '' : read.error, /only after a failure/)
      assert.deepEqual(
        openMemory(root)
          .of('a')
          .results.map((each) => each.failed),
        [false],
      )
    }))

  it('gives up after the last one, and holds no worker while it waits', () =>
    inScratch(async (root) => {
      const { submit, units, events } = conduct(root, { capacity: capacity(1) })
      await submit([request('a', [], { retries: { count: 1, delayMs: 60_000 } }), request('b')])
      await units.end('a', { status: 'timed-out', limitMs: 5 })
      await units.end('b')
      await answered(events, ['b passed'])
      assert.deepEqual(
        events.flatMap((event) => (event.kind === 'retry-scheduled' ? [event.reason] : [])),
        ['1 of 1'],
      )
    }))

  it('answers what waits for a retry by what it came to when the run is stopped', () =>
    inScratch(async (root) => {
      const { conductor, submit, units, events } = conduct(root)
      await submit([request('a', [], { retries: { count: 1, delayMs: 60_000 } })])
      await units.end('a', failed, [testCase('t', 'failed')])
      await eventually(() => kinds(events, 'retry-scheduled') === 1)
      conductor.stop('Ctrl-C')
      await answered(events, ['a failed'])
      conductor.close()
    }))

  it('does not retry what a retry cannot mend', () =>
    inScratch(async (root) => {
      const { submit, units, events } = conduct(root)
      await submit([request('a', [], { retries }), request('b', [], { retries })])
      await units.end('a', { status: 'environment-error', message: 'no mocha' })
      await units.end('b', { status: 'no-tests', message: 'none' })
      await answered(events, ['a environment-error', 'b no-tests'])
    }))

  it('fails for a flaky pass if the suite wants that', () =>
    inScratch(async (root) => {
      const { submit, units, events } = conduct(root)
      await submit([request('a', [], { retries, flaky: { verdict: 'fail', cache: false } })])
      await units.end('a', failed, [testCase('t', 'failed')])
      await units.end('a', { status: 'passed' }, [testCase('t', 'passed')])
      await answered(events, ['a failed'])
    }))
})

describe('conductor: a suite in several units', function () {
  this.timeout(30_000)

  it('is one suite: one tear-down, one evidence, dependents after the last unit', () =>
    inWorkspace(async (root) => {
      const { submit, units, pool, events } = conduct(root, { capacity: capacity(3) })
      await submit([request('a', [], { ...splitSuite(root), tearDown: 'down' }), request('b', ['a'])])
      await units.haveStarted(['a#1/3', 'a#2/3', 'a#3/3'])
      for (const index of [3, 1, 2]) {
        const name = `a#${index}/3`
        await units.end(name, { status: 'passed' }, [testCase(name, 'passed')])
      }
      await units.haveStarted(['a#1/3', 'a#2/3', 'a#3/3', 'b'])
      await units.end('b')
      await answered(events, ['a passed', 'a passed', 'a passed', 'b passed'])
      const queued = events.flatMap((event) =>
        event.kind === 'unit-queued' && event.files ? event.files.map((file) => path.basename(file)) : [],
      )
      assert.deepEqual(queued.toSorted(), ['x.spec.cjs', 'y.spec.cjs', 'z.spec.cjs'])
      const read = await readEvidence(root, 'a')
      assert.ok(read.ok)
      assert.deepEqual(
        read.value.cases.map((each) => each.path[0]),
        ['a#1/3', 'a#2/3', 'a#3/3'],
      )
      assert.deepEqual(pool.steps, ['down'])
    }))

  it('fails with one of its units, after the others have run', () =>
    inWorkspace(async (root) => {
      const { submit, units, events } = conduct(root, { capacity: capacity(1) })
      await submit([request('a', [], splitSuite(root)), request('b', ['a'])])
      await units.end('a#1/3', failed, [testCase('t', 'failed')])
      await units.end('a#2/3')
      await units.end('a#3/3')
      await answered(events, ['a failed', 'a passed', 'a passed', 'b skipped'])
      assert.equal(recordOf(events, 'a').status, 'failed')
      assert.equal((await readEvidence(root, 'a')).ok, false)
    }))

  it('passes with a part that has no tests, but not when none has any', () =>
    inWorkspace(async (root) => {
      const nothing = { status: 'no-tests', message: 'none' } as const
      const { submit, units, events } = conduct(root, { capacity: capacity(3) })
      await submit([request('a', [], splitSuite(root)), request('b', ['a'])])
      await units.end('a#1/3', nothing)
      await units.end('a#2/3', { status: 'passed' }, [testCase('t', 'passed')])
      await units.end('a#3/3')
      await units.end('b')
      await answered(events, ['a passed', 'a passed', 'a passed', 'b passed'])

      const empty = conduct(root, { capacity: capacity(3) })
      await empty.submit([request('a', [], splitSuite(root)), request('b', ['a'])])
      await empty.units.end('a#1/3', nothing)
      await empty.units.end('a#2/3')
      await empty.units.end('a#3/3', nothing)
      await answered(empty.events, ['a passed', 'a passed', 'a no-tests', 'b skipped'])
      assert.equal(recordOf(empty.events, 'a').status, 'no-tests')
      assert.equal((await readEvidence(root, 'a')).ok, false)
    }))

  it('that fails to be torn down is trouble with the environment', () =>
    inWorkspace(async (root) => {
      const { submit, units, pool, events } = conduct(root, { capacity: capacity(3) })
      pool.stepEnds.set('down', { problem: 'the tear-down failed (exit code 1)' })
      await submit([request('a', [], { ...splitSuite(root), tearDown: 'down' })])
      for (const index of [1, 2, 3]) await units.end(`a#${index}/3`)
      await answered(events, ['a passed', 'a passed', 'a environment-error'])
      assert.match(recordOf(events, 'a').message ?? '', /tests passed, but the tear-down failed/)
    }))

  it('stopped half way is aborted, and says how much of it did not run', () =>
    inWorkspace(async (root) => {
      const { conductor, submit, units, events } = conduct(root, { capacity: capacity(1) })
      await submit([request('a', [], splitSuite(root))])
      await units.end('a#1/3')
      await units.haveStarted(['a#1/3', 'a#2/3'])
      conductor.stop('Ctrl-C')
      await answered(events, ['a passed', 'a aborted', 'a skipped'])
      assert.equal(recordOf(events, 'a').status, 'aborted')
    }))
})

describe('conductor: what a machine has', () => {
  it('needs a label that the machine has not: no device, and no failed test', () =>
    inScratch(async (root) => {
      const { submit, units, events } = conduct(root)
      const requires = { labels: ['pi'], exclusive: [], semaphores: {} }
      await submit([
        request('a', [], { requires }),
        request('b', [], { requires: { ...requires, labels: ['linux'] } }),
      ])
      await units.end('b')
      await answered(events, ['a no-device', 'b passed'])
    }))

  it('keeps what is exclusive to one unit at a time, also from another run', () =>
    inScratch(async (root) => {
      const open = () => openMachineSemaphores({}, path.join(root, 'machine'))
      const other = await open()
      assert.deepEqual(await other.acquire('x', { semaphores: {}, exclusive: ['port:1'] }), [])
      const { conductor, submit, units, events } = conduct(root, {}, open)
      const requires = { labels: [], exclusive: ['port:1'], semaphores: {} }
      await submit([request('a', [], { requires }), request('b', [], { requires }), request('c')])
      await units.end('c')
      await answered(events, ['c passed'])
      await units.haveStarted(['c'])
      await other.release('x')
      await eventually(() => units.started.length >= 2)
      assert.equal(units.started.length, 2, 'a or b, not both')
      await units.end(units.started[1] ?? '')
      await eventually(() => units.started.length >= 3)
      await units.end(units.started[2] ?? '')
      await answered(events, ['c passed', 'a passed', 'b passed'])
      assert.deepEqual(
        events.flatMap((event) => (event.kind === 'note' ? [event.message] : [])),
        ['another run on this machine holds port:1; what needs it waits'],
      )
      conductor.close()
      other.close()
    }))
})

const NEXT = runId(new Date('2026-02-01T00:00:00Z'), 'bbbbbb')

/** A run before this one, in which `a` ended with these cases. */
async function lastRun(root: string, cases: readonly TestCase[]): Promise<void> {
  openRun(root, RUN, { pid: process.pid, socket: '' })
  const dispatcher = createDispatcher(RUN, openJournal(journalFile(root, RUN), assert.fail), systemClock, [])
  const { id } = suite('a')
  const [unit, attempt] = [unitId(id), attemptId(unitId(id), 1)]
  const failures = cases.filter(({ status }) => status === 'failed').length
  const outcome = failures > 0 ? ({ status: 'failed', failures } as const) : ({ status: 'passed' } as const)
  dispatcher.emit({ kind: 'plan-ready', suites: [planned('a')] })
  dispatcher.emit({ kind: 'unit-queued', unit, suite: id, estimateMs: 1 })
  dispatcher.emit({
    kind: 'attempt-started',
    attempt,
    unit,
    suite: id,
    worker: 0,
    isolation: 'process',
    reproduce: 'x',
  })
  for (const each of cases) dispatcher.emit({ kind: 'case-finished', attempt, case: each })
  dispatcher.emit({ kind: 'attempt-finished', attempt, outcome, durationMs: 1 })
  dispatcher.emit({ kind: 'unit-finished', unit, suite: id, outcome })
  await dispatcher.close()
}

describe('conductor: only what failed last time', function () {
  this.timeout(30_000)

  it('runs those cases, and tells the others as not rerun', () =>
    inScratch(async (root) => {
      await lastRun(root, [testCase('t', 'failed', { file: 'f' }), testCase('u', 'passed', { file: 'f' })])
      const { submit, units } = conduct(root, {}, undefined, NEXT)
      await submit([{ ...request('a'), failedOnly: true }])
      await units.haveStarted(['a'])
      const [execution] = units.executions
      assert.deepEqual(execution?.unit.part, { cases: [{ path: ['t'], file: 'f' }] })
      assert.deepEqual(
        execution?.carried.map((each) => [each.path[0], each.notRerun]),
        [['u', true]],
      )
      await units.end('a')
    }))

  it('answers a suite without failures from that run, and says so', () =>
    inScratch(async (root) => {
      await lastRun(root, [testCase('u', 'passed')])
      const { submit, units, events } = conduct(root, {}, undefined, NEXT)
      await submit([{ ...request('a'), failedOnly: true }])
      await answered(events, ['a cached'])
      assert.deepEqual(units.started, [])
      const cached = events.find((event) => event.kind === 'suite-cached')
      assert.ok(cached?.kind === 'suite-cached')
      assert.deepEqual([cached.counts.notRerun, cached.origin.runId], [1, RUN])
    }))
})
