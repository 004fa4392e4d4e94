import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { openHistory, type HistoryProblem } from '@muster/history'
import Database from 'libsql'
import { query } from './support/check-file.ts'
import { Child } from './support/child.ts'
import { damagePages, filledHistory, SCHEMA_PAGES } from './support/damage.ts'
import { aRun, aSuite } from './support/records.ts'
import { scratch, type Scratch } from './support/scratch.ts'
import { errorOf, valueOf } from './support/value-of.ts'

describe('a history that can’t be used', () => {
  let folder: Scratch
  let file: string
  beforeEach(() => {
    folder = scratch()
    file = folder.path('history.db')
  })
  afterEach(() => folder.remove())

  async function problemOf(type: HistoryProblem['type']): Promise<HistoryProblem> {
    const problem = errorOf(await openHistory({ file }))
    equal(problem.type, type)
    ok(problem.message.includes(file), 'says where')
    ok(problem.fix.length > 0, 'says what to do')
    return problem
  }

  it('is garbage', async () => {
    writeFileSync(file, 'not a database, '.repeat(1000))
    match((await problemOf('corrupt')).message, /not a database/)
  })

  for (const share of [0.01, 0.5, 0.9]) {
    it(`is cut off at ${share * 100} % of its length`, async () => {
      const { size } = await filledHistory(file)
      truncateSync(file, Math.floor(size * share))
      await problemOf('corrupt')
    })
  }

  it('is a folder', async () => {
    mkdirSync(file)
    match((await problemOf('inaccessible')).message, /a folder is in its place/)
  })

  it('is below a file', async () => {
    writeFileSync(folder.path('file'), '')
    file = folder.path('file/sub/history.db')
    match((await problemOf('inaccessible')).message, /ENOTDIR|EEXIST/)
  })

  it('belongs to another program, and stays untouched', async () => {
    const other = new Database(file)
    other.exec('create table bookmark (url text)')
    other.close()
    const before = readFileSync(file)
    await problemOf('foreign')
    deepEqual(readFileSync(file), before)
  })

  for (const what of ['file', 'folder'] as const) {
    it(`is read-only, the ${what} being so`, async function () {
      this.timeout(30_000)
      await filledHistory(file)
      // Root may write everything, so that only a process of somebody else can tell.
      chmodSync(folder.dir, what === 'folder' ? 0o555 : 0o777)
      chmodSync(file, what === 'folder' ? 0o666 : 0o444)
      const asRoot = process.getuid?.() === 0
      const child = new Child('./opening-child.ts', [file], asRoot ? { uid: 65_534 } : {})
      await child.end()
      deepEqual(child.details('problem'), ['inaccessible'])
    })
  }

  it('is locked for longer than we wait', async () => {
    const store = valueOf(await openHistory({ file, busyTimeoutMs: 1 }))
    const other = new Database(file)
    other.exec('begin immediate')
    const result = await store.ingest(aRun(1, [aSuite('a')]))
    equal(errorOf(result).type, 'busy')
    other.exec('commit')
    other.close()
    equal(valueOf(await store.ingest(aRun(1, [aSuite('a')]))), 'added')
    await store.close()
  })

  it('turns out damaged at a query, which is an answer and no exception', async () => {
    await filledHistory(file)
    damagePages(file, { keepFirst: SCHEMA_PAGES })
    const opened = await openHistory({ file })
    const store = valueOf(opened)
    equal(errorOf(await store.runs({ limit: 10_000 })).type, 'corrupt')
    equal(errorOf(await store.ingest(aRun(5000, [aSuite('a')]))).type, 'corrupt')
    equal(errorOf(await store.prune({ keepRuns: 1 })).type, 'corrupt')
    await store.close()
  })

  it('has no open transaction after a failed ingest', async () => {
    const store = valueOf(await openHistory({ file }))
    const broken = aRun(1, [aSuite('a'), aSuite('b', { durationMs: Number.NaN })])
    let thrown: unknown
    await store.ingest(broken).catch((error: unknown) => (thrown = error))
    match(String(thrown), /NOT NULL/, 'a record against its type is a bug')
    equal(valueOf(await store.ingest(aRun(2, [aSuite('a')]))), 'added')
    equal(valueOf(await store.counts()).runs, 1)
    await store.close()
    deepEqual(query(file, 'select count(*) as n from suite_run'), [{ n: 1 }])
  })
})
