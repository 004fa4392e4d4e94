import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { dayOf, DAY_MS, dayMs, QUARANTINE_FILE } from '@muster/model'
import { shellWord, untilDay } from '../src/commands/quarantine-words.ts'
import { EXIT } from '../src/exit-codes.ts'
import { main } from '../src/main.ts'
import { fillHistory } from './history-support.ts'
import { inScratch, said } from './support.ts'

const WORKSPACE = { 'nx.json': {}, 'a/suite.json': { name: 'unit-core', kind: 'unit' } }
const GIVEN = ['--owner', 'anna', '--reason', 'flaky upload']

const read = (root: string): string => readFileSync(path.join(root, QUARANTINE_FILE), 'utf8')

describe('muster quarantine', () => {
  it('adds a case that the history knows, lists and removes it', () =>
    inScratch(WORKSPACE, async (root) => {
      await fillHistory(root)
      const run = (...args: string[]) => said(() => main(['quarantine', ...args]), root)
      const added = await run('add', 'unit-core', 'group › x', ...GIVEN, '--until', '2w')
      assert.equal(added.value, EXIT.passed)
      const until = dayOf(Date.now() + 14 * DAY_MS)
      assert.match(added.stdout, new RegExp(`"group › x" of unit-core is in quarantine through ${until}`))
      assert.match(
        (await run('list')).stdout,
        new RegExp(`${until} +anna +unit-core +group › x +flaky upload`),
      )
      const { entries } = JSON.parse((await run('list', '--json')).stdout) as { entries: object[] }
      assert.deepEqual(entries, [
        {
          suite: 'unit-core',
          case: 'group › x',
          owner: 'anna',
          reason: 'flaky upload',
          until,
          added: dayOf(Date.now()),
          expired: false,
        },
      ])
      const removed = await run('remove', 'unit-core', 'group › x')
      assert.equal(removed.value, EXIT.passed)
      assert.match((await run('list')).stdout, /Nothing is in quarantine/)
    }))

  it('says what was meant, and writes nothing', () =>
    inScratch(WORKSPACE, async (root) => {
      await fillHistory(root)
      const wrong: [string[], RegExp][] = [
        [['unit-cor'], /there is no suite "unit-cor"; did you mean "unit-core"\?/],
        [['unit-core', 'group › xx'], /is named "group › xx"; did you mean "group › x"\?/],
        [['unit-core', 'stays'], /did you mean "group › stays"\?/],
        [['unit-core', 'group › x', '--until', '181d'], /no grave: it lasts at most 180 days/],
        [['unit-core', 'group › x', '--until', 'soon'], /expected a day such as/],
        [['unit-core', 'group › x', '--owner', ' '], /--owner is empty/],
      ]
      for (const [args, expected] of wrong) {
        const { value, stderr } = await said(() => main(['quarantine', 'add', ...GIVEN, ...args]), root)
        assert.equal(value, EXIT.usage)
        assert.match(stderr, expected)
      }
      assert.ok(!existsSync(path.join(root, QUARANTINE_FILE)))
      const forced = ['quarantine', 'add', 'unit-cor', 'new', ...GIVEN, '--force']
      assert.equal((await said(() => main(forced), root)).value, EXIT.passed)
      assert.match(read(root), /"suite": "unit-cor"/)
    }))

  it('wants an owner and a reason', () =>
    inScratch(WORKSPACE, async (root) => {
      const { value, stderr } = await said(() => main(['quarantine', 'add', 'unit-core']), root)
      assert.equal(value, EXIT.usage)
      assert.match(stderr, /--owner/)
    }))

  it('says of a case that is not in it what is', () =>
    inScratch(WORKSPACE, async (root) => {
      await said(() => main(['quarantine', 'add', 'unit-core', ...GIVEN]), root)
      const { value, stderr } = await said(() => main(['quarantine', 'remove', 'unit-core', 'x']), root)
      assert.equal(value, EXIT.usage)
      assert.match(
        stderr,
        /"x" of unit-core is not in quarantine; what is of this suite:\n {2}all of unit-core/,
      )
    }))

  it('list ends with 1 when an entry has expired, and with 2 when the file is broken', () =>
    inScratch(WORKSPACE, async (root) => {
      const entry = { suite: 'a', owner: 'o', reason: 'r', until: '2020-01-31', added: '2020-01-01' }
      writeFileSync(path.join(root, QUARANTINE_FILE), JSON.stringify({ entries: [entry] }))
      const expired = await said(() => main(['quarantine', 'list']), root)
      assert.equal(expired.value, EXIT.failed)
      assert.match(expired.stdout, /2020-01-31 EXPIRED.*\n\n1 expired: failures count again/s)
      writeFileSync(path.join(root, QUARANTINE_FILE), JSON.stringify({ entries: [{ ...entry, owner: 1 }] }))
      const broken = await said(() => main(['quarantine', 'list']), root)
      assert.equal(broken.value, EXIT.usage)
      assert.match(broken.stderr, /^muster-quarantine\.json:1:\d+ {2}\$\.entries\[0\]\.owner/)
    }))
})

describe('the last day of a quarantine', () => {
  const now = dayMs('2026-03-01') + 1
  const known: [string, string][] = [
    ['14d', '2026-03-15'],
    ['2w', '2026-03-15'],
    ['0d', '2026-03-01'],
    ['180d', '2026-08-28'],
    ['2026-08-28', '2026-08-28'],
  ]
  for (const [text, day] of known)
    it(`"${text}" is ${day}`, () => assert.deepEqual(untilDay(text, now), { ok: true, value: day }))
  for (const text of ['181d', '2026-08-29', '2026-02-28', '2026-02-30', '14', '', '-1d', '1y', '999999w'])
    it(`"${text}" is refused`, () => assert.equal(untilDay(text, now).ok, false))
})

describe('words for a shell', () => {
  it('are left alone when they are plain, and quoted when not', () => {
    assert.equal(shellWord('@x/unit-core'), '@x/unit-core')
    assert.equal(shellWord("it's › $HOME"), String.raw`'it'\''s › $HOME'`)
    assert.equal(shellWord(''), "''")
  })
})
