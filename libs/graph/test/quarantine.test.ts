import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import {
  expiredOf,
  formatDiagnostic,
  loadQuarantine,
  putInQuarantine,
  quarantineOf,
  takeFromQuarantine,
  type Quarantine,
} from '@muster/graph/quarantine'
import { DAY_MS, dayMs, dayOf, QUARANTINE_FILE, type QuarantineEntry } from '@muster/model'

const NOW = dayMs('2026-03-01') + 12 * 3_600_000

const anEntry = (suite: string, more: Partial<QuarantineEntry> = {}): QuarantineEntry => ({
  suite,
  owner: 'anna',
  reason: 'flaky upload',
  until: '2026-03-31',
  added: '2026-03-01',
  ...more,
})

const inForce = (...entries: QuarantineEntry[]): Quarantine => ({ entries, diagnostics: [] })

describe('quarantine', () => {
  it('protects a case, or all cases of a suite, and says why', () => {
    const both = inForce(anEntry('a', { case: 'x › y' }), anEntry('b'))
    assert.deepEqual(quarantineOf(both, 'a', 'x › y', NOW), {
      reason: 'flaky upload (anna, until 2026-03-31)',
    })
    assert.equal(quarantineOf(both, 'a', 'x', NOW), undefined)
    assert.ok(quarantineOf(both, 'b', 'anything', NOW))
    assert.equal(quarantineOf(both, 'c', 'x › y', NOW), undefined)
  })

  it('takes the reason of the case before that of its suite', () => {
    const both = inForce(anEntry('a', { reason: 'all' }), anEntry('a', { case: 'x', reason: 'one' }))
    assert.match(quarantineOf(both, 'a', 'x', NOW)?.reason ?? '', /^one/)
    assert.match(quarantineOf(both, 'a', 'y', NOW)?.reason ?? '', /^all/)
  })

  it('ends with the last day in UTC, to the millisecond', () => {
    const one = inForce(anEntry('a', { until: '2026-03-31' }))
    const end = dayMs('2026-04-01')
    assert.ok(quarantineOf(one, 'a', 'x', end - 1))
    assert.deepEqual(expiredOf(one, end - 1), [])
    assert.equal(quarantineOf(one, 'a', 'x', end), undefined)
    assert.deepEqual(expiredOf(one, end), one.entries)
  })

  it('of the case that has run out leaves that of its suite in force', () => {
    const both = inForce(anEntry('a', { case: 'x', until: '2026-02-01' }), anEntry('a', { reason: 'all' }))
    assert.match(quarantineOf(both, 'a', 'x', NOW)?.reason ?? '', /^all/)
  })
})

describe('muster-quarantine.json', () => {
  let root: string
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'muster-quarantine-'))))
  afterEach(() => rmSync(root, { recursive: true, force: true }))
  const put = (content: unknown): void =>
    writeFileSync(
      join(root, QUARANTINE_FILE),
      typeof content === 'string' ? content : JSON.stringify(content),
    )
  const text = (): string => readFileSync(join(root, QUARANTINE_FILE), 'utf8')
  const load = (): Promise<Quarantine> => loadQuarantine(root, NOW)
  const complaints = async (): Promise<string[]> => (await load()).diagnostics.map(formatDiagnostic)

  it("needn't be there", async () => assert.deepEqual(await load(), { entries: [], diagnostics: [] }))

  it('is read with comments', async () => {
    const entry = anEntry('a', { case: 'x' })
    put(`{ // ours\n "$schema": "x", "entries": [${JSON.stringify(entry)},] }`)
    assert.deepEqual(await load(), { entries: [entry], diagnostics: [] })
  })

  it('that can not be read protects nothing, and says so', async () => {
    mkdirSync(join(root, QUARANTINE_FILE))
    assert.match((await complaints())[0] ?? '', /^muster-quarantine\.json:1:1 .* can't be read: EISDIR/)
  })

  const pointed: [string, unknown, RegExp][] = [
    ['broken JSON', '{"entries": [}', /:1:14 {2}\$ {2}broken JSON: a value is missing here$/],
    ['no entries', {}, /:1:1 {2}\$\.entries {2}this field is missing$/],
    ['entries of another kind', { entries: {} }, /\$\.entries {2}wrong type, expected an array, found \{\}$/],
    ['an unknown field', { entires: [], entries: [] }, /\$\.entires .* did you mean "entries"\?$/],
  ]
  for (const [what, content, expected] of pointed) {
    it(`with ${what} is told at the place`, async () => {
      put(content)
      const [first, ...others] = await complaints()
      assert.match(first ?? '', expected)
      assert.deepEqual(others, [])
      assert.deepEqual((await load()).entries, [])
    })
  }

  const wrong: [string, object, RegExp][] = [
    ['no owner', { owner: undefined }, /\$\.entries\[1\]\.owner {2}this field is missing$/],
    ['an empty reason', { reason: ' ' }, /\.reason {2}not usable, expected some text, found " "$/],
    ['no last day', { until: undefined }, /\.until {2}this field is missing$/],
    [
      'a day that is none',
      { until: '2026-02-30' },
      /\.until {2}not usable, expected a day such as "2030-01-31", found "2026-02-30"$/,
    ],
    [
      'a grave',
      { until: '2026-08-29' },
      /\.until {2}a quarantine is no grave: it lasts at most 180 days, expected a day up to 2026-08-28, found "2026-08-29"$/,
    ],
    ['a misspelt field', { cases: 'x' }, /\.cases {2}unknown field .* did you mean "case"\?$/],
    [
      'the same again',
      { suite: 'good' },
      /:10:5 {2}\$\.entries\[1\] {2}this is in quarantine already, see line 3/,
    ],
  ]
  for (const [what, more, expected] of wrong) {
    it(`with ${what} keeps the other entries`, async () => {
      const good = anEntry('good', { until: '2026-08-28' })
      put(JSON.stringify({ entries: [good, { ...anEntry('b'), ...more }, anEntry('z')] }, null, 2))
      const found = await load()
      assert.deepEqual(found.entries, [good, anEntry('z')])
      assert.match(found.diagnostics.map(formatDiagnostic)[0] ?? '', expected)
      assert.equal(found.diagnostics.length, 1)
    })
  }

  it('is begun, added to in order, changed and emptied', async () => {
    for (const [suite, name] of [
      ['b', 'x'],
      ['a', 'z'],
      ['b', undefined],
      ['c', 'x'],
    ] as const) {
      const entry = anEntry(suite, name === undefined ? {} : { case: name })
      assert.deepEqual(await putInQuarantine(root, entry), { ok: true, value: 'added' })
    }
    assert.deepEqual(
      (await load()).entries.map((each) => [each.suite, each.case]),
      [
        ['a', 'z'],
        ['b', undefined],
        ['b', 'x'],
        ['c', 'x'],
      ],
    )
    const later = anEntry('b', { case: 'x', until: '2026-04-30' })
    assert.deepEqual(await putInQuarantine(root, later), { ok: true, value: 'replaced' })
    assert.deepEqual((await load()).entries[2], later)
    assert.deepEqual(await takeFromQuarantine(root, { suite: 'b', case: 'y' }), { ok: true, value: 'absent' })
    assert.deepEqual(await takeFromQuarantine(root, { suite: 'b' }), { ok: true, value: 'removed' })
    assert.deepEqual((await load()).entries.length, 3)
    assert.deepEqual(readdirSync(root), [QUARANTINE_FILE], 'nothing is left behind')
  })

  it('keeps comments and what it does not know', async () => {
    put('{\n  // ours\n  "entries": [\n    // the oldest\n    {"suite": "b"}\n  ]\n}\n')
    await putInQuarantine(root, anEntry('a'))
    assert.match(text(), /\/\/ ours\n.*\/\/ the oldest\n/s)
    await takeFromQuarantine(root, { suite: 'b' })
    assert.deepEqual((await load()).entries, [anEntry('a')])
  })

  it('that is broken is not touched', async () => {
    for (const content of ['{"entries": [', '{"entries": {}}', '[]']) {
      put(content)
      for (const done of [
        await putInQuarantine(root, anEntry('a')),
        await takeFromQuarantine(root, { suite: 'a' }),
      ])
        assert.match(done.ok ? 'done' : done.error.message, /^muster-quarantine\.json/)
      assert.equal(text(), content)
    }
  })

  it("isn't begun by taking something from it", async () => {
    assert.deepEqual(await takeFromQuarantine(root, { suite: 'a' }), { ok: true, value: 'absent' })
    assert.ok(!existsSync(join(root, QUARANTINE_FILE)))
  })

  it('that can not be written is a value', async () => {
    mkdirSync(join(root, QUARANTINE_FILE))
    const done = await putInQuarantine(root, anEntry('a'))
    assert.match(done.ok ? 'done' : done.error.message, /can't be changed: EISDIR/)
  })

  it('is written alike, whatever the way to it', async function () {
    this.timeout(30_000)
    const name = fc.constantFrom('a', 'b', '@x/c')
    const key = fc.record(
      { suite: name, case: fc.constantFrom('x', 'y "z" › ä') },
      { requiredKeys: ['suite'] },
    )
    const days = fc.integer({ min: -30, max: 180 })
    const step = fc.record({ key, drop: fc.boolean(), days })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        rmSync(join(root, QUARANTINE_FILE), { force: true })
        await putInQuarantine(root, anEntry('~first'))
        const model = new Map([['~first', anEntry('~first')]])
        for (const { key: one, drop, days: ahead } of steps) {
          const entry = anEntry(one.suite, { ...one, until: dayOf(NOW + ahead * DAY_MS) })
          if (drop) {
            await takeFromQuarantine(root, one)
            model.delete(`${one.suite} ${one.case ?? ''}`)
          } else {
            await putInQuarantine(root, entry)
            model.set(`${one.suite} ${one.case ?? ''}`, entry)
          }
        }
        const sorted = [...model.keys()].sort().map((each) => model.get(each)!)
        assert.deepEqual(await load(), { entries: sorted, diagnostics: [] })
        const json = JSON.parse(text()) as object
        assert.equal(text(), `${JSON.stringify(json, null, 2)}\n`, 'two spaces, one field a line')
      }),
      { numRuns: 60 },
    )
  })
})
