import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { openHistory, recoverHistory } from '@muster/history'
import { checkSound, query } from './support/check-file.ts'
import { Child } from './support/child.ts'
import { damagePages, filledHistory, SCHEMA_PAGES } from './support/damage.ts'
import { aRun, aSuite, idOf } from './support/records.ts'
import { scratch, type Scratch } from './support/scratch.ts'
import { errorOf, valueOf } from './support/value-of.ts'

const now = new Date('2026-01-31T15:45:01.234Z')

describe('recoverHistory', () => {
  let folder: Scratch
  let file: string
  beforeEach(() => {
    folder = scratch()
    file = folder.path('history.db')
  })
  afterEach(() => folder.remove())

  it('moves a damaged file aside, opens a new one, and says so', async () => {
    writeFileSync(file, 'x'.repeat(9999))
    const { store, movedTo, message } = valueOf(await recoverHistory(file, { now }))
    equal(movedTo, `${file}.corrupt-20260131T154501Z`)
    match(message, /was damaged \(.*not a database\).*corrupt-20260131T154501Z/)
    equal(readFileSync(movedTo, 'utf8'), 'x'.repeat(9999))
    equal(valueOf(await store.ingest(aRun(1, [aSuite('a')]))), 'added')
    await store.close()
    checkSound(file)
  })

  it('finds damage deep inside, which opening does not, and moves the log with its file', async () => {
    await filledHistory(file)
    damagePages(file, { keepFirst: SCHEMA_PAGES })
    // Held open, so that the log is there.
    const old = valueOf(await openHistory({ file }))
    equal(valueOf(await old.hasRun(idOf(9999))), false)
    const { store, movedTo } = valueOf(await recoverHistory(file, { now }))
    ok(existsSync(`${movedTo}-wal`))
    equal(valueOf(await store.counts()).runs, 0)
    valueOf(await store.ingest(aRun(1, [aSuite('a')])))
    await old.close()
    await store.close()
    checkSound(file)
  })

  it('never overwrites what it moved before', async () => {
    for (const content of ['first', 'second']) {
      writeFileSync(file, content.repeat(999))
      await valueOf(await recoverHistory(file, { now })).store.close()
    }
    ok(existsSync(`${file}.corrupt-20260131T154501Z`))
    match(readFileSync(`${file}.corrupt-20260131T154501Z-2`, 'utf8'), /^second/)
  })

  it('leaves a sound history where it is', async () => {
    await filledHistory(file)
    const { store, movedTo } = valueOf(await recoverHistory(file))
    equal(movedTo, null)
    equal(valueOf(await store.counts()).runs, 30)
    await store.close()
  })

  it('moves neither a folder nor a newer history', async () => {
    const sub = folder.path('sub')
    mkdirSync(sub)
    equal(errorOf(await recoverHistory(sub)).type, 'inaccessible')
    await valueOf(await openHistory({ file })).close()
    query(file, 'pragma user_version = 99')
    equal(errorOf(await recoverHistory(file)).type, 'newer')
    ok(existsSync(sub) && existsSync(file))
  })

  it('moves once when several processes recover at the same time, and loses none of their runs', async function () {
    this.timeout(60_000)
    writeFileSync(file, 'x'.repeat(9999))
    const children = [1, 2, 3].map((run) => new Child('./recovering-child.ts', [file, `${run}`]))
    for (const child of children) await child.heard('problem')
    for (const child of children) child.tell('go')
    for (const child of children) await child.end()
    equal(children.flatMap((child) => child.details('moved')).length, 1)
    equal(readdirSync(folder.dir).filter((name) => /corrupt-\w+$/.test(name)).length, 1)
    const store = valueOf(await openHistory({ file }))
    equal(valueOf(await store.counts()).runs, 3)
    await store.close()
    deepEqual(
      children.flatMap((child) => child.details('problem')),
      ['corrupt', 'corrupt', 'corrupt'],
    )
  })
})
