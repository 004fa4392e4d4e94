import assert from 'node:assert/strict'
import { readFileSync, existsSync } from 'node:fs'
import path from 'node:path'
import { runId, suiteId, type RunId, type RunRecord, type TestCase } from '@muster/model'
import { socketPath } from '../src/coordinator/client.ts'
import { ownerProcess } from '../src/coordinator/process-info.ts'
import type { CoordinatorConfig, TaskRequest } from '../src/coordinator/protocol.ts'
import { writeEvidence } from '../src/evidence/evidence-store.ts'
import { openMemory } from '../src/evidence/suite-memory.ts'
import { examineHit } from '../src/finish/examine-hits.ts'
import { finishRun } from '../src/finish/finish-run.ts'
import { createDispatcher } from '../src/journal/dispatcher.ts'
import { openJournal } from '../src/journal/journal-writer.ts'
import { journalFile, listRuns, openRun, readOpenMarker } from '../src/journal/run-store.ts'
import { answerFromEarlierRuns } from '../src/run/earlier-answer.ts'
import { HashBoard } from '../src/run/hash-board.ts'
import { caseReader, loadRecord } from '../src/run/load-record.ts'
import { inScratch, inWorkspace, planned, RUN, SETTINGS, suite } from './support.ts'

const ORIGIN = runId(new Date('2026-01-01T00:00:00Z'), 'aaaaaa')
const cases: TestCase[] = [{ path: ['t'], status: 'passed', durationMs: 4 }]
/** Pids end at 2^22 on Linux. */
const NOBODY = 2 ** 22 + 1

const leave = (root: string, name: string, hash: string | null, runOf = ORIGIN, unclean?: string) =>
  writeEvidence(root, {
    suite: suiteId(name),
    kind: 'unit',
    runId: runOf,
    at: 5,
    hash,
    durationMs: 4,
    cases,
    ...(unclean !== undefined && { unclean }),
  })

function earlierAnswers(root: string, run: RunId, hashes: Readonly<Record<string, string>>) {
  const board = new HashBoard()
  board.set(hashes)
  const suites = Object.keys(hashes).map((name) => suite(name))
  return answerFromEarlierRuns(root, run, suites, board, () => false)
}

const hit = (name: string, hash: string) => ({ task: `${name}:test`, suite: name, hash })

function config(root: string): CoordinatorConfig {
  const owner = ownerProcess(process.pid) ?? assert.fail('this process runs')
  const socket = socketPath(root, owner)
  return {
    root,
    socket,
    owner,
    ...SETTINGS,
    reports: true,
  }
}

const never = (): never => assert.fail('no request was needed')
const latest = (root: string): RunRecord =>
  JSON.parse(readFileSync(path.join(root, 'reports/latest/run.json'), 'utf8')) as RunRecord

const doubt = async (root: string, name: string, hash: string): Promise<string | undefined> => {
  const read = await examineHit(root, openMemory(root), hit(name, hash))
  return read.ok ? undefined : read.error
}

describe('a hit in the cache', () => {
  it('is believed with evidence of this content, or of content that nobody has told', () =>
    inScratch(async (root) => {
      leave(root, 'a', 'h1')
      assert.equal(await doubt(root, 'a', 'h1'), undefined)
      leave(root, 'a', null)
      assert.equal(await doubt(root, 'a', 'h1'), undefined)
    }))

  it('is doubted without evidence, with that of other content, and with fewer tests than this content had', () =>
    inScratch(async (root) => {
      assert.match((await doubt(root, 'a', 'h1')) ?? '', /there is no/)
      leave(root, 'a', 'h2')
      assert.match((await doubt(root, 'a', 'h1')) ?? '', /of other content/)
      openMemory(root).remember({ suite: 'a', hash: 'h2', tests: 2 })
      assert.match((await doubt(root, 'a', 'h2')) ?? '', /1 test cases where 2 were recorded/)
    }))
})

const requestFor = ({ suite: name, task }: { suite: string; task: string }): Promise<TaskRequest> => {
  const command = name === 'heals' ? 'true' : 'false'
  const runner = { name: 'command', command, results: { format: 'exit-code' } } as const
  return Promise.resolve({
    task,
    suite: suite(name, { dir: '.', runner, timeoutMs: 20_000 }),
    dependsOn: [],
  })
}

describe('finishing a run that was answered by the cache', () => {
  it('reports every hit with its test cases and its origin, without a coordinator', () =>
    inScratch(async (root) => {
      leave(root, 'a', 'h1')
      leave(root, '@x/b', 'h2')
      const hits = [hit('a', 'h1'), hit('@x/b', 'h2')]
      const result = await finishRun({
        config: config(root),
        executed: [],
        startedAt: 0,
        hits,
        requestFor: never,
      })
      assert.match(result.summary, /2 cached|cached/)
      const record = latest(root)
      assert.deepEqual([record.verdict, record.complete, record.totals.tests], ['passed', true, 2])
      assert.deepEqual(
        record.suites.map(({ name, from, cases: own }) => [name, from?.runId, own]),
        [
          ['a', ORIGIN, cases],
          ['@x/b', ORIGIN, cases],
        ],
      )
      const [run] = await listRuns(root)
      assert.ok(run && (await readOpenMarker(root, run)) === undefined)
    }))

  it('says of a hit that is doubted but not ours to run that it is not in the report', () =>
    inScratch(async (root) => {
      const order = { config: config(root), executed: [], startedAt: 0, hits: [hit('a', 'h1')] }
      await finishRun({ ...order, requestFor: () => Promise.resolve(undefined) })
      const { suites, notes } = latest(root)
      assert.deepEqual(suites, [])
      assert.match(notes[0]?.message ?? '', /not in this report/)
      assert.equal(notes[0]?.suite, 'a')
    }))

  it('runs a doubted hit again in a coordinator, and says what came of it', function () {
    this.timeout(60_000)
    return inWorkspace(async (root) => {
      leave(root, 'good', 'h1')
      const hits = [hit('good', 'h1'), hit('heals', 'h2'), hit('breaks', 'h3')]
      const result = await finishRun({ config: config(root), executed: [], startedAt: 0, hits, requestFor })
      assert.deepEqual(result.brokenHits, ['breaks'])
      assert.deepEqual(result.healedHits, [{ suite: 'heals', hash: 'h2' }])
      const record = latest(root)
      assert.equal(record.verdict, 'failed')
      const told = record.suites.map(({ name, status, cached, hash }) => [name, status, cached, hash])
      assert.deepEqual(
        told.toSorted(([x], [y]) => String(x).localeCompare(String(y))),
        [
          ['breaks', 'failed', false, 'h3'],
          ['good', 'passed', true, 'h1'],
          ['heals', 'passed', false, 'h2'],
        ],
      )
      assert.equal(
        record.notes.filter(({ message }) => /not believed, run again: there is no/.test(message)).length,
        2,
      )
    })
  })
})

/** A run whose coordinator was killed after suite `a`. */
async function lostRun(root: string): Promise<void> {
  openRun(root, RUN, { pid: NOBODY, socket: '' })
  const journal = openJournal(journalFile(root, RUN), assert.fail)
  const dispatcher = createDispatcher(RUN, journal, { now: () => 9 }, [])
  dispatcher.emit({ kind: 'plan-ready', suites: ['a', 'b'].map(planned) })
  dispatcher.emit({
    kind: 'unit-finished',
    unit: 'a' as never,
    suite: suiteId('a'),
    outcome: { status: 'passed' },
  })
  await dispatcher.close()
}

describe('after a coordinator was killed', () => {
  it('the hook goes on in its journal: one run, what is open is aborted, what it never knew is trouble', () =>
    inScratch(async (root) => {
      await lostRun(root)
      const result = await finishRun({
        config: config(root),
        executed: [
          { task: 'a:test', suite: 'a' },
          { task: 'b:test', suite: 'b' },
          { task: 'c:test', suite: 'c' },
        ],
        startedAt: 0,
        hits: [],
        requestFor: never,
      })
      assert.ok(result.summary.length > 0)
      assert.deepEqual(await listRuns(root), [RUN])
      assert.ok(await readOpenMarker(root, RUN), 'the next run answers from it')
      const record = await loadRecord(root, RUN)
      assert.deepEqual(
        record?.suites.map(({ status }) => status),
        ['passed', 'aborted', 'environment-error'],
      )
      assert.match(record?.notes[0]?.message ?? '', /coordinator process ended unexpectedly/)
      assert.ok(existsSync(path.join(root, 'reports/latest/run.json')))
    }))

  it('a suite that nobody has a record of is never green', () =>
    inScratch(async (root) => {
      await lostRun(root)
      const executed = [{ task: 'a:test', suite: 'a' }]
      // Nx began after the run above had: that one is not ours.
      await finishRun({ config: config(root), executed, startedAt: 10, hits: [], requestFor: never })
      const record = latest(root)
      assert.equal(record.verdict, 'error')
      assert.match(record.suites[0]?.message ?? '', /no record of it/)
      assert.notEqual(record.runId, RUN)
    }))

  it('the next run answers a suite of the same content from what was finished', () =>
    inScratch(async (root) => {
      await lostRun(root)
      leave(root, 'a', 'h1', RUN)
      const next = runId(new Date('2026-02-01T00:00:00Z'), 'bbbbbb')
      const [event, ...others] = await earlierAnswers(root, next, { a: 'h1', b: 'h1' })
      assert.ok(event?.kind === 'suite-cached')
      assert.deepEqual(event.origin, { runId: RUN, at: 5, source: 'journal' })
      assert.deepEqual(caseReader(root, next)(event.cases), cases)
      assert.deepEqual(others, [])
      assert.deepEqual(await earlierAnswers(root, next, { a: 'h2', b: 'h2' }), [])
    }))

  it('evidence without a hash, or of a run that ended well, or of a pass that is not clean, answers nothing', () =>
    inScratch(async (root) => {
      await lostRun(root)
      leave(root, 'a', null, RUN)
      assert.deepEqual(await earlierAnswers(root, RUN, { a: 'h1' }), [])
      leave(root, 'a', 'h1', ORIGIN)
      assert.deepEqual(await earlierAnswers(root, RUN, { a: 'h1' }), [])
      leave(root, 'a', 'h1', RUN, 'it passed only after a failure (flaky)')
      assert.deepEqual(await earlierAnswers(root, RUN, { a: 'h1' }), [])
      assert.match((await doubt(root, 'a', 'h1')) ?? '', /flaky/)
    }))
})
