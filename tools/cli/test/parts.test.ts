import assert from 'node:assert/strict'
import { appendFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { RUN_EVENT_VERSION, type RunEvent, type RunId } from '@muster/model'
import { until } from '@muster/testkit'
import { findWorkspace } from '../src/find-workspace.ts'
import { chooseSuites } from '../src/run/choose-suites.ts'
import { followJournal } from '../src/run/follow-journal.ts'
import { table } from '../src/table.ts'
import { inScratch, said } from './support.ts'

describe('table', () => {
  it('is as wide as its widest cells, without spaces at the ends of lines', () => {
    assert.equal(
      table(
        ['A', 'LONG', 'C'],
        [
          ['1', '2', '3'],
          ['four', '', ''],
        ],
      ),
      'A     LONG  C\n1     2     3\nfour',
    )
  })
  it('is its header without rows', () => assert.equal(table(['A', 'B'], []), 'A  B'))
})

describe('the workspace', () => {
  it('is the nearest folder above with an nx.json', () =>
    inScratch({ 'nx.json': {}, 'a/nx.json': {}, 'a/b/c/x': '', 'd/x': '' }, (root) => {
      assert.equal(findWorkspace(path.join(root, 'a/b/c')), path.join(root, 'a'))
      assert.equal(findWorkspace(path.join(root, 'd')), root)
      assert.equal(findWorkspace(path.parse(root).root), undefined)
    }))
})

describe('choosing suites', () => {
  const files = {
    'libs/a/suite.json': { name: 'unit-a', kind: 'unit' },
    'libs/b/suite.json': { name: 'unit-b', kind: 'unit', priority: 'high' },
    'e/suite.json': { name: 'shop', kind: 'e2e' },
    'broken/suite.json': { name: 'broken', kind: 'unt' },
  }
  const choose = (...patterns: string[]) =>
    new Promise<{ folders: readonly string[]; unknown: number; stderr: string }>((resolve, reject) => {
      inScratch(files, async (root) => {
        const { value, stderr } = await said(() => chooseSuites(root, patterns))
        resolve({ ...value, folders: value.folders.toSorted(), stderr })
      }).catch(reject)
    })

  it('takes names, globs, kinds and priorities', async () => {
    assert.deepEqual((await choose('unit-*')).folders, ['libs/a', 'libs/b'])
    assert.deepEqual((await choose('e2e', 'unit-a')).folders, ['e', 'libs/a'])
    assert.deepEqual((await choose('kind:unit')).folders, ['libs/a', 'libs/b'])
    assert.deepEqual((await choose('priority:high')).folders, ['libs/b'])
  })

  it('says what does not exist, and what may have been meant', async () => {
    const { folders, unknown, stderr } = await choose('unit-a', 'unit-bb')
    assert.deepEqual([folders, unknown], [['libs/a'], 1])
    assert.match(stderr, /no suite matches "unit-bb"; did you mean "unit-b"\? It is skipped\./)
  })

  it('keeps a suite whose declaration is broken when it is asked for by name: it must fail, not vanish', async () => {
    const { folders, unknown, stderr } = await choose('broken')
    assert.deepEqual([folders, unknown], [['broken'], 0])
    assert.match(stderr, /broken\/suite\.json:1:\d+/)
    assert.doesNotMatch(stderr, /no suite matches/)
  })
})

const event = (seq: number, message: string): RunEvent => ({
  v: RUN_EVENT_VERSION,
  runId: '20260131-154501-3f9a1c' as RunId,
  seq,
  at: seq,
  kind: 'note',
  level: 'info',
  message,
})

const whole = (seq: number): string => `${JSON.stringify(event(seq, 'x'))}\n`

describe('following a journal', () => {
  it('shows every event once and in order, however the bytes arrive', () =>
    inScratch({}, (root) =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 6 }),
          fc.array(fc.nat(200)),
          async (messages, cuts) => {
            const file = path.join(root, 'journal.ndjson')
            writeFileSync(file, '')
            const events = messages.map((message, seq) => event(seq, message))
            const bytes = Buffer.from(events.map((each) => `${JSON.stringify(each)}\n`).join(''))
            const got: RunEvent[] = []
            const follower = followJournal(file, (each) => got.push(each))
            let at = 0
            for (const size of cuts) {
              appendFileSync(file, bytes.subarray(at, at + size))
              at += size
              await Promise.resolve()
            }
            appendFileSync(file, bytes.subarray(at))
            follower.finish()
            assert.deepEqual(got, events)
          },
        ),
        { numRuns: 40 },
      ),
    ))

  it('waits for a file that is not there yet, and reads on while it grows', () =>
    inScratch({}, async (root) => {
      const file = path.join(root, 'journal.ndjson')
      const got: RunEvent[] = []
      const follower = followJournal(file, (each) => got.push(each))
      const [first, second] = [event(0, 'ä'), event(1, 'b')].map((each) => `${JSON.stringify(each)}\n`)
      const torn = Buffer.from(second ?? '')
      appendFileSync(file, first ?? '')
      await until(() => got.length === 1, { what: 'the first event' })
      appendFileSync(file, torn.subarray(0, 20))
      appendFileSync(file, torn.subarray(20))
      await until(() => got.length === 2, { what: 'the second event' })
      follower.finish()
    }))

  it('passes over a torn line that another writer closed, and leaves the last one that nobody did', () =>
    inScratch({}, (root) => {
      const file = path.join(root, 'journal.ndjson')
      writeFileSync(file, `${whole(0)}{"v":1,"ru\n${whole(1)}rubbish\n${whole(2).slice(0, -5)}`)
      const got: number[] = []
      followJournal(file, ({ seq }) => got.push(seq)).finish()
      assert.deepEqual(got, [0, 1])
    }))

  it('ends quietly when the run never began', () =>
    followJournal('/nowhere/journal.ndjson', () => assert.fail()).finish())
})
