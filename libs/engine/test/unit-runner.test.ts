import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { foldRun, suiteId, unitId, type Outcome, type RunEvent, type Suite } from '@muster/model'
import { openMemory } from '../src/evidence/suite-memory.ts'
import { createDispatcher } from '../src/journal/dispatcher.ts'
import { readOutput } from '../src/journal/output-store.ts'
import type { QuarantineBook } from '../src/run/quarantine-book.ts'
import type { UnitExecution } from '../src/run/unit-execution.ts'
import { createUnitRunner } from '../src/run/unit-runner.ts'
import { FakePool, passedCase, type ScriptedAttempt } from './fake-pool.ts'
import { inScratch, inWorkspace, keepCache, memoryJournal, RUN, settle, suite } from './support.ts'

const failed: Outcome = { status: 'failed', failures: 1 }
const failedCase = { path: ['f'], status: 'failed', durationMs: 1, error: { message: 'no' } } as const

/** A suite whose runner is a real mocha: its program may run in a thread. */
function mochaSuite(root: string, more: Partial<Suite> = {}, config: object = {}): Suite {
  const dir = path.join(root, 'suites/a')
  mkdirSync(dir, { recursive: true })
  writeFileSync(path.join(dir, 'a.spec.cjs'), "it('t', () => {})")
  writeFileSync(path.join(dir, '.mocharc.json'), JSON.stringify(config))
  keepCache(root)
  return suite('a', { runner: { name: 'mocha', options: {} }, include: ['*.spec.cjs'], ...more })
}

const executionOf = (each: Suite, more: Partial<UnitExecution> = {}): UnitExecution => ({
  suite: each,
  unit: { id: unitId(each.id), suite: each.id, part: {}, estimateMs: 1 },
  carried: [],
  attempts: [],
  ...more,
})

function rig(root: string, script: readonly ScriptedAttempt[]) {
  const pool = new FakePool(script)
  const journal = memoryJournal()
  const dispatcher = createDispatcher(RUN, journal, { now: () => 7 }, [])
  const memory = openMemory(root)
  const options = { root, memory, env: { A: 'b' }, timeoutMs: undefined, quarantine: QUARANTINE }
  const startUnit = createUnitRunner(options, dispatcher, pool, { now: () => 7 })
  const start = (each: Suite, more?: Partial<UnitExecution>) => startUnit(executionOf(each, more), 0)
  const run = (each: Suite, more?: Partial<UnitExecution>) => start(each, more).done
  return { pool, events: journal.events, memory, start, run }
}

const QUARANTINE: QuarantineBook = {
  loaded: Promise.resolve(),
  reasonFor: (_, { path: titles }) => (titles[0] === 'known' ? 'until 2030-01-31' : undefined),
  concerns: (name) => name === 'quarantined',
}

const isolations = (pool: FakePool): string[] => pool.orders.map(({ isolation }) => isolation)
const notes = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'note' ? `${event.level}: ${event.message}` : []))

describe('unit runner: which attempt is believed', function () {
  this.timeout(30_000)

  it('auto believes a thread that passed', () =>
    inWorkspace(async (root) => {
      const { pool, run, memory } = rig(root, [{}])
      assert.deepEqual(await run(mochaSuite(root)), { status: 'passed' })
      assert.deepEqual(isolations(pool), ['thread'])
      assert.equal(memory.of('a').needsProcess, undefined)
    }))

  it('auto asks a process when a thread failed, and learns nothing when that failed, too', () =>
    inWorkspace(async (root) => {
      const { pool, run, memory, events } = rig(root, [
        { cases: [failedCase], outcome: failed },
        { cases: [failedCase, passedCase], outcome: failed },
      ])
      assert.deepEqual(await run(mochaSuite(root)), failed)
      assert.deepEqual(isolations(pool), ['thread', 'process'])
      assert.equal(memory.of('a').needsProcess, undefined)
      assert.deepEqual(notes(events), [])
      const [record] = foldRun(events, () => []).suites
      assert.deepEqual([record?.tests, record?.failed], [2, 1], 'the counts are those of the process')
      assert.match(record?.attempts[0]?.superseded ?? '', /a process decides/)
      assert.equal(record?.attempts[1]?.superseded, undefined)
    }))

  it('auto remembers what failed in a thread and passed in a process, and says that it may be flaky', () =>
    inWorkspace(async (root) => {
      const first = rig(root, [{ cases: [failedCase], outcome: failed }, {}])
      assert.deepEqual(await first.run(mochaSuite(root)), { status: 'passed' })
      assert.match(notes(first.events).join(), /^warning: failed in a thread and passed in a process/)
      const second = rig(root, [{}])
      await second.run(mochaSuite(root))
      assert.deepEqual(isolations(second.pool), ['process'])
    }))

  it('auto does not believe a pass of a thread that was unfit, whatever the process then says', () =>
    inWorkspace(async (root) => {
      const { pool, run, memory, events } = rig(root, [
        { unfit: 'process.chdir() is not available' },
        { outcome: failed, cases: [failedCase] },
      ])
      assert.deepEqual(await run(mochaSuite(root)), failed)
      assert.deepEqual(isolations(pool), ['thread', 'process'])
      assert.equal(memory.of('a').needsProcess, 'process.chdir() is not available')
      assert.match(notes(events).join(), /^info: runs in a process from now on/)
    }))

  it('auto lets a thread end with its first failure, unless failures may be forgiven', () =>
    inWorkspace(async (root) => {
      const script = [
        { cases: [failedCase], outcome: failed },
        { cases: [failedCase], outcome: failed },
      ]
      const scouts = async (more: Partial<Suite>): Promise<boolean[]> => {
        const { pool, run } = rig(root, script)
        await run(mochaSuite(root, more))
        return pool.orders.map(({ program }) => 'input' in program && 'scout' in (program.input as object))
      }
      assert.deepEqual(await scouts({}), [true, false])
      assert.deepEqual(await scouts({ id: suiteId('quarantined') }), [false, false])
    }))

  it('auto knows beforehand what a thread cannot do', () =>
    inWorkspace(async (root) => {
      const { pool, run } = rig(root, [{}])
      await run(mochaSuite(root, {}, { 'node-option': ['stack-size=500'] }))
      assert.deepEqual(isolations(pool), ['process'])
    }))

  for (const isolation of ['thread', 'process', 'none'] as const) {
    it(`${isolation} is asked once, and what it says is the answer`, () =>
      inWorkspace(async (root) => {
        const { pool, run } = rig(root, [{ cases: [failedCase], outcome: failed, unfit: 'whatever' }])
        assert.deepEqual(await run(mochaSuite(root, { isolation })), failed)
        assert.deepEqual(isolations(pool), [isolation])
      }))
  }

  it('a command has a process', () =>
    inScratch(async (root) => {
      mkdirSync(path.join(root, 'suites/a'), { recursive: true })
      const { pool, run } = rig(root, [{}])
      await run(suite('a'))
      assert.deepEqual(isolations(pool), ['process'])
    }))
})

describe('unit runner: what is passed on and told', function () {
  this.timeout(30_000)

  it('hands the pool limits, environment, set-up and tear-down', () =>
    inWorkspace(async (root) => {
      const { pool, run } = rig(root, [{}])
      await run(
        mochaSuite(root, { setUp: 'up', tearDown: 'down', timeoutMs: 5, slowAfterMs: 3, allowNoTests: true }),
      )
      const { setUp, tearDown, timeoutMs, slowAfterMs, allowNoTests, env } = pool.orders[0] ?? {}
      assert.deepEqual(
        { setUp, tearDown, timeoutMs, slowAfterMs, allowNoTests, env },
        { setUp: 'up', tearDown: 'down', timeoutMs: 5, slowAfterMs: 3, allowNoTests: true, env: { A: 'b' } },
      )
    }))

  it('tells ignored options of mocha, slowness, output and notes', () =>
    inWorkspace(async (root) => {
      const { run, events } = rig(root, [{ slow: true, stdout: 'hello', notes: ['left 1 process behind'] }])
      await run(mochaSuite(root, {}, { parallel: true }))
      const told = notes(events)
      assert.match(told[0] ?? '', /^info: mocha's "parallel" is ignored/)
      assert.equal(told[1], 'warning: left 1 process behind')
      assert.ok(events.some(({ kind }) => kind === 'attempt-slow'))
      const output = events.find((event) => event.kind === 'output-captured')
      assert.ok(output?.kind === 'output-captured' && output.stream === 'stdout')
      assert.equal((await readOutput(root, RUN, output.output))?.toString(), 'hello')
    }))

  it('tells results that are not made again with the attempt, and runs the part that is', () =>
    inWorkspace(async (root) => {
      const { run, events } = rig(root, [{}])
      const each = mochaSuite(root)
      const unit = { id: unitId(each.id), suite: each.id, part: { cases: [{ path: ['t'] }] }, estimateMs: 1 }
      await run(each, { unit, carried: [{ ...passedCase, path: ['old'], notRerun: true }] })
      const [record] = foldRun(events, () => []).suites
      assert.deepEqual([record?.tests, record?.notRerun], [2, 1])
    }))

  it('forgives failures that are all in quarantine, and no others', () =>
    inWorkspace(async (root) => {
      const known = { ...failedCase, path: ['known'] }
      const process = mochaSuite(root, { isolation: 'process' })
      const { run, events } = rig(root, [
        { outcome: failed, cases: [passedCase, known] },
        { outcome: { status: 'failed', failures: 2 }, cases: [failedCase, known] },
      ])
      assert.deepEqual(await run(process), { status: 'passed', quarantined: 1 })
      const quarantined = events.find((event) => event.kind === 'case-finished' && event.case.quarantined)
      assert.ok(quarantined)
      assert.deepEqual(await run(process), { status: 'failed', failures: 2 })
    }))

  it('answers without a program', () =>
    inWorkspace(async (root) => {
      const { run, pool } = rig(root, [])
      const empty = mochaSuite(root, { include: ['none/*.cjs'] })
      assert.equal((await run(empty)).status, 'no-tests')
      assert.equal((await run({ ...empty, allowNoTests: true })).status, 'passed')
      assert.equal((await run({ ...empty, dir: 'gone' })).status, 'environment-error')
      assert.deepEqual(pool.orders, [])
    }))
})

describe('unit runner: stopping', function () {
  this.timeout(30_000)

  it('before the program is ready: nothing is started', () =>
    inWorkspace(async (root) => {
      const { start, pool } = rig(root, [{ hangs: true }])
      const unit = start(mochaSuite(root))
      unit.stop('Ctrl-C')
      assert.deepEqual(await unit.done, { status: 'aborted', reason: 'Ctrl-C' })
      assert.deepEqual(pool.orders, [])
    }))

  it('in a thread: it is the answer, and no process is asked', () =>
    inWorkspace(async (root) => {
      const { start, pool, events } = rig(root, [{ hangs: true, unfit: 'gone' }])
      const unit = start(mochaSuite(root))
      while (pool.orders.length === 0) await settle()
      unit.stop('Ctrl-C')
      unit.stop('again')
      assert.deepEqual(await unit.done, { status: 'aborted', reason: 'Ctrl-C' })
      assert.deepEqual([isolations(pool), pool.stops[0]], [['thread'], 'Ctrl-C'])
      const end = events.find((event) => event.kind === 'attempt-finished')
      assert.equal(end?.kind === 'attempt-finished' && end.superseded, undefined)
    }))

  it('without grace', () =>
    inWorkspace(async (root) => {
      const { start, pool } = rig(root, [{ hangs: true }, { hangs: true }])
      const unit = start(mochaSuite(root, { isolation: 'process' }))
      while (pool.orders.length === 0) await settle()
      unit.kill()
      await unit.done
      assert.deepEqual(pool.stops, ['killed, now'])
    }))
})
